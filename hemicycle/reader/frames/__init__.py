"""What a passage reports: one file for each family of facts, asked in this order."""

from hemicycle.reader.frames import (
    adoption,
    agenda,
    attendance,
    discussion,
    issue,
    judgement,
    meeting,
    mentioned,
    persons,
    plans,
    presiding,
    reports,
    successes,
    tasks,
)

FRAMES = (
    meeting.claims,
    agenda.claims,
    presiding.claims,
    attendance.claims,
    reports.claims,
    adoption.claims,
    tasks.claims,
    judgement.claims,
    discussion.claims,
    mentioned.claims,
    plans.claims,
    successes.claims,
    persons.claims,
)
ANYWHERE = (issue.claims,)  # What holds of any page, a report of a meeting or not.
