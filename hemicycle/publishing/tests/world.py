"""Meetings of the club that a communiqué can be made of, told by acts."""

from datetime import datetime, timedelta

from hemicycle.accounts.access import Access
from hemicycle.decisions.acts import certify_decision, issue_directive
from hemicycle.decisions.tests.world import DUE
from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import (
    Accredit,
    Delegation,
    accredit_members,
    accredit_participants,
    add_item,
    adopt_agenda,
    close_meeting,
    close_sitting,
    convene_meeting,
    hear_report,
    open_sitting,
    participants_came,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import Meeting
from hemicycle.motions.acts import table_motion
from hemicycle.publishing.acts import publish_communique
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.models import Publication
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.tests.world import DAY, OPENING, at, cast

PAPER = "The minutes were kept on paper."


def convened(club: Club) -> Meeting:
    """Call the club to a meeting with three items, the last of them for the body alone."""
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        kind="plenary",
        enlarged=True,
        starts=DAY,
        ends=DAY + timedelta(1),
        sittings=[
            (OPENING, OPENING + timedelta(hours=4)),
            (OPENING + timedelta(days=1), OPENING + timedelta(days=1, hours=4)),
        ],
        place="Harbour hall",
        purpose="To see that the hall outlasts the winter.",
    )
    add_item(by=club.chair, meeting_id=meeting.pk, title="The harbour hall", referred_by="the board")
    add_item(by=club.chair, meeting_id=meeting.pk, title="The summer regatta")
    add_item(by=club.chair, meeting_id=meeting.pk, title="A matter of staff", access=Access.BODY)
    summon(by=club.secretary, meeting_id=meeting.pk, text="You are called.")
    return meeting


def first_day(club: Club) -> Meeting:
    """Hold the first sitting up to a decision and a task; it is not closed yet."""
    meeting = convened(club)
    sitting = meeting.sittings.get(ordinal=1)
    hall, _regatta, staff = meeting.items.order_by("ordinal")
    with at(-20):
        accredit_members(by=club.secretary, sitting_id=sitting.pk)
        accredit_participants(
            by=club.secretary,
            sitting_id=sitting.pk,
            people=[Accredit(club.outsider.pk, "observer")],
            delegations=[
                Delegation("Friends of the harbour", number=12, capacity="observer"),
                Delegation("The builders' guild", capacity="invited"),
            ],
            mode="remote",
        )
        people = list(sitting.participations.exclude(person=club.members[8]).values_list("pk", flat=True))
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=people)
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    with at(0):
        open_sitting(by=club.chair, sitting_id=sitting.pk)
        adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    with at(5):
        take_up_item(by=club.chair, item_id=hall.pk)
        hear_report(by=club.secretary, item_id=hall.pk, reporter_id=club.members[3].pk, title="The state of the roof")
        motion = table_motion(
            by=club.chair,
            item_id=hall.pk,
            title="Repair of the roof",
            mover="The board",
            preamble="The hall is older than the club.",
            points=[("The roof is repaired before the winter.", True), ("The members are thanked.", False)],
        )
    with at(20):
        ballot = open_ballot(by=club.chair, motion_id=motion.pk)
        cast(ballot, *["for"] * 8)
    with at(22):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        result = ballot.results.get()
        declare_result(by=club.chair, result_id=result.pk)
        certify_result(by=club.chair, result_id=result.pk)
        decision = certify_decision(by=club.chair, result_id=result.pk)
    with at(30):
        issue_directive(
            by=club.secretary,
            point_id=decision.points.get(ordinal=1).pk,
            responsible_unit_id=club.local.pk,
            text="Have the roof repaired by a roofer.",
            due=DUE,
            sector="Buildings",
        )
        settle_item(by=club.chair, item_id=hall.pk)
    with at(40):
        take_up_item(by=club.chair, item_id=staff.pk)
        settle_item(by=club.chair, item_id=staff.pk, outcome="The staff plan was noted.")
    return meeting


def both_days(club: Club, second: str = Access.PUBLIC) -> Meeting:
    """Hold both sittings and close the meeting; the second, with this access, is entered a week later, from paper."""
    meeting = first_day(club)
    meeting.sittings.filter(ordinal=2).update(access=second)
    first, later = meeting.sittings.order_by("ordinal")
    regatta = meeting.items.get(ordinal=2)
    with at(60):
        close_sitting(by=club.chair, sitting_id=first.pk)
    day = OPENING + timedelta(days=1)
    with clock_at(OPENING + timedelta(days=8)):
        accredit_members(by=club.secretary, sitting_id=later.pk, happened=paper(day))
        people = list(later.participations.filter(votes=True).values_list("pk", flat=True))[:6]
        participants_came(by=club.secretary, sitting_id=later.pk, participations=people, happened=paper(day))
        take_chair(
            by=club.chair,
            sitting_id=later.pk,
            person_id=club.members[2].pk,
            basis="election",
            happened=paper(day),
        )
        open_sitting(by=club.chair, sitting_id=later.pk, happened=paper(day))
        take_up_item(by=club.chair, item_id=regatta.pk, happened=paper(day + timedelta(minutes=5)))
        hear_report(
            by=club.secretary,
            item_id=regatta.pk,
            reporter_id=club.members[4].pk,
            title="Boats and money",
            text="There are enough boats.",
            form="written",
            happened=paper(day + timedelta(minutes=6)),
        )
        motion = table_motion(
            by=club.chair,
            item_id=regatta.pk,
            title="A second day of races",
            kind="motion",
            points=[("The regatta has two days.", False)],
            happened=paper(day + timedelta(minutes=7)),
        )
        ballot = open_ballot(by=club.chair, motion_id=motion.pk, happened=paper(day + timedelta(minutes=10)))
        cast(ballot, "for", "for", "against", "against", "against", "abstain")
        close_ballot(by=club.chair, ballot_id=ballot.pk, happened=paper(day + timedelta(minutes=12)))
        result = ballot.results.get()
        declare_result(by=club.chair, result_id=result.pk, happened=paper(day + timedelta(minutes=13)))
        certify_result(by=club.chair, result_id=result.pk, happened=paper(day + timedelta(minutes=14)))
        settle_item(by=club.chair, item_id=regatta.pk, happened=paper(day + timedelta(minutes=15)))
        close_sitting(by=club.chair, sitting_id=later.pk, happened=paper(day + timedelta(hours=1)))
        close_meeting(by=club.chair, meeting_id=meeting.pk, happened=paper(day + timedelta(hours=1)))
    return Meeting.objects.get(pk=meeting.pk)


def paper(moment: datetime) -> Happened:
    """Return when something happened that was kept on paper."""
    return Happened("moment", moment, reason=PAPER)


def published(club: Club, meeting: Meeting, access: str = Access.PUBLIC, reason: str = "") -> Publication:
    """Publish what a preview shows now."""
    return publish_communique(
        by=club.secretary,
        meeting_id=meeting.pk,
        access=access,
        seen=digest_of(compose(meeting, "en", access)),
        correction_reason=reason,
    )
