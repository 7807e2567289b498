"""What a passage reports: one file for each family of facts, asked in this order."""

from hemicycle.reader.frames import adoption, agenda, attendance, judgement, meeting, presiding, reports, tasks

FRAMES = (
    meeting.claims,
    presiding.claims,
    attendance.claims,
    agenda.claims,
    reports.claims,
    adoption.claims,
    tasks.claims,
    judgement.claims,
)
