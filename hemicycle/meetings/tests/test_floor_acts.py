"""A sitting rests, sits in private, passes its chair on, counts its quorum, and leaves out who is concerned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.rules import PRESETS, SecondCall, Share
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused, subject
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accredit_members,
    accredit_participants,
    adjourn_sitting,
    call_quorum,
    close_meeting,
    close_sitting,
    convene_meeting,
    declare_interest,
    go_into_private,
    hear_report,
    leave_chair,
    open_sitting,
    open_to_public,
    participant_went,
    participants_came,
    reopen_meeting,
    reopen_sitting,
    resume_sitting,
    settle_item,
    suspend_sitting,
    take_chair,
    take_up_item,
    withdraw_interest,
)
from hemicycle.meetings.acts.accrediting import Accredit
from hemicycle.meetings.models import Presence, Sitting
from hemicycle.meetings.queries import presiding_at, quorum_at, reports_for, sittings_for
from hemicycle.meetings.tests.world import DAY, Gathering, at, convened, under_way

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> str:
    """Hold that an act is refused with this code and writes nothing; return the sentence."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before
    return refusal.value.sentence


def anew(sitting: Sitting) -> Sitting:
    return Sitting.objects.get(pk=sitting.pk)


def rules(club: Club, **changes: object) -> None:
    """Give the club other rules of procedure."""
    preset = replace(PRESETS["association"], **changes)
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=preset, in_force_from=DAY - timedelta(days=1))


def part_of(gathering: Gathering, club: Club, number: int) -> int:
    return gathering.sitting.participations.get(person=club.members[number]).pk


def test_a_suspended_sitting_deals_with_nothing_until_it_is_resumed(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        suspend_sitting(
            by=club.chair, sitting_id=gathering.sitting.pk, because="Lunch", until=NOON + timedelta(hours=1)
        )
        assert told("sitting.suspended") == "Sitting 1 was suspended: Lunch."
        for act in (
            lambda: settle_item(by=club.chair, item_id=gathering.first.pk),
            lambda: take_up_item(by=club.chair, item_id=gathering.second.pk),
            lambda: suspend_sitting(by=club.chair, sitting_id=gathering.sitting.pk),
            lambda: hear_report(
                by=club.chair, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="Roof"
            ),
        ):
            assert refused("sitting_suspended", act).startswith("The sitting is suspended")
    with clock_at(NOON + timedelta(minutes=50)):
        resume_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        assert told("sitting.resumed") == "Sitting 1 was resumed after 50 minutes."
        refused("sitting_not_suspended", lambda: resume_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
        settle_item(by=club.chair, item_id=gathering.first.pk)
    refused(
        "until_is_over",
        lambda: suspend_sitting(by=club.chair, sitting_id=gathering.sitting.pk, until=NOON - timedelta(days=1)),
    )
    assert not list(verify())


def test_a_sitting_without_a_chair_rests_from_its_first_moment(club: Club) -> None:
    sitting = convened(club).sitting
    open_sitting(by=club.chair, sitting_id=sitting.pk)
    assert anew(sitting).suspension.cause == "vacant"
    with clock_at(NOON):
        refused("nobody_presides", lambda: resume_sitting(by=club.chair, sitting_id=sitting.pk))
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    assert anew(sitting).suspension is None
    assert sitting.suspensions.get().ends == NOON


def test_the_next_in_the_order_of_the_rules_takes_a_chair_that_is_left(club: Club) -> None:
    rules(club, presiding=("office", "seniority"), presiding_offices=("President", "Secretary"))
    gathering = under_way(club)
    with clock_at(NOON):
        leave_chair(by=club.chair, sitting_id=gathering.sitting.pk, because="a call")
        assert told("chair.left") == "Ann Adler left the chair: a call. Ben Bloom took over, by office."
        participant_went(by=club.secretary, participation_id=part_of(gathering, club, 0))
        participant_went(by=club.secretary, participation_id=part_of(gathering, club, 1))
        assert told("participant.went") == (
            "Ben Bloom left. Ben Bloom left the chair. Cleo Costa took over, by seniority."
        )
        assert presiding_at(gathering.sitting, NOON) == club.members[2]


def test_where_nobody_takes_over_the_sitting_suspends_itself(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        leave_chair(by=club.chair, sitting_id=gathering.sitting.pk)
        assert told("chair.left").endswith("Nobody was there to take over, so the sitting is suspended.")
        refused("nobody_presides", lambda: settle_item(by=club.chair, item_id=gathering.first.pk))
        take_chair(by=club.chair, sitting_id=gathering.sitting.pk, person_id=club.members[4].pk, basis="election")
        settle_item(by=club.chair, item_id=gathering.first.pk)


def test_there_is_no_second_chair(club: Club) -> None:
    gathering = under_way(club)
    said = refused(
        "second_chair",
        lambda: take_chair(
            by=club.secretary, sitting_id=gathering.sitting.pk, person_id=club.members[3].pk, basis="election"
        ),
    )
    assert said == "Ann Adler presides, and one person presides at a time. Say that they hand the chair over."


def test_an_authorization_comes_from_those_whom_the_rules_name(club: Club) -> None:
    rules(club, presiding=("authorization", "election"), authorizers=("the Board",))
    sitting = convened(club).sitting

    def take(source: str) -> Callable[[], object]:
        return lambda: take_chair(
            by=club.chair,
            sitting_id=sitting.pk,
            person_id=club.members[3].pk,
            basis="authorization",
            authorized_by=source,
        )

    refused("authorization_without_source", take(""))
    assert refused("source_not_in_rules", take("the caretaker")).endswith("is given by: the Board.")
    take("the Board")()


def test_who_is_concerned_leaves_the_chair_the_quorum_and_the_vote(club: Club) -> None:
    rules(club, presiding=("office", "seniority"))
    gathering = under_way(club, present=5)
    with clock_at(NOON):
        assert quorum_at(gathering.sitting, NOON).present == 5
        declare_interest(
            by=club.chair, item_id=gathering.first.pk, person_id=club.members[0].pk, nature="owns the boathouse"
        )
        assert told("interest.declared") == (
            "Ann Adler declared an interest in item 1, “The boathouse”, and takes no part in it: owns the boathouse. "
            "Ann Adler left the chair. Ben Bloom took over, by seniority."
        )
        found = quorum_at(anew(gathering.sitting), NOON)
        assert (found.present, found.reached) == (4, False)
        refused(
            "concerned",
            lambda: take_chair(
                by=club.chair,
                sitting_id=gathering.sitting.pk,
                person_id=club.members[0].pk,
                basis="office",
                hands_over=True,
            ),
        )
        refused(
            "interest_declared",
            lambda: declare_interest(
                by=club.chair, item_id=gathering.first.pk, person_id=club.members[0].pk, nature="again"
            ),
        )
        withdraw_interest(by=club.chair, interest_id=gathering.first.interests.get().pk, because="he sold it")
        assert quorum_at(anew(gathering.sitting), NOON).present == 5


def test_one_declares_an_interest_for_oneself_and_the_desk_for_all(club: Club) -> None:
    gathering = under_way(club)
    member = club.head
    refused_by = refused(
        "no_right",
        lambda: declare_interest(
            by=member, item_id=gathering.first.pk, person_id=club.members[2].pk, nature="a cousin of the bidder"
        ),
    )
    assert refused_by.startswith("As Head of Harbour")


def test_too_few_found_is_noted_and_waits_for_the_second_call(club: Club) -> None:
    anybody = SecondCall(Share(0, 1, strict=False))
    rules(club, quorum_presumed=True, quorum_wait_minutes=30, quorum_lost="suspend", second_call=anybody)
    gathering = under_way(club, present=3)
    assert quorum_at(gathering.sitting, NOON).allows_votes
    with clock_at(NOON):
        refused("no_first_call", lambda: call_quorum(by=club.chair, sitting_id=gathering.sitting.pk, second=True))
        call = call_quorum(by=club.chair, sitting_id=gathering.sitting.pk, asked_by="Eva Egger")
        assert (call.present, call.needed, call.reached) == (3, 5, False)
        assert told("quorum.called") == (
            "Eva Egger doubted the quorum. Of 9 with a vote 3 were there; 5 are needed, so it is not reached. "
            "The sitting is suspended."
        )
        assert not quorum_at(anew(gathering.sitting), NOON).allows_votes
        refused("out_of_order", lambda: call_quorum(by=club.chair, sitting_id=gathering.sitting.pk, second=True))
    with clock_at(NOON + timedelta(minutes=30)):
        call = call_quorum(by=club.chair, sitting_id=gathering.sitting.pk, second=True)
        assert (call.needed, call.reached) == (1, True)
        assert told("quorum.called").endswith("1 are needed at a second call, so it is reached. The sitting goes on.")
        assert anew(gathering.sitting).suspension is None
    assert not list(verify())


def test_a_body_without_a_second_call_in_its_rules_makes_none(club: Club) -> None:
    rules(club, second_call=None)
    gathering = under_way(club, present=3)
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=gathering.sitting.pk)
        refused("no_second_call", lambda: call_quorum(by=club.chair, sitting_id=gathering.sitting.pk, second=True))


def test_what_is_done_in_private_stays_there_when_the_sitting_is_open_again(club: Club) -> None:
    gathering = under_way(club)
    sitting, meeting = gathering.sitting, gathering.meeting
    accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=[Accredit(club.outsider.pk, "observer")])
    observer = sitting.participations.get(person=club.outsider)
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[observer.pk])
    with clock_at(NOON):
        refused("not_in_private", lambda: open_to_public(by=club.chair, sitting_id=sitting.pk))
        refused("not_narrower", lambda: go_into_private(by=club.chair, sitting_id=sitting.pk, access="public"))
        go_into_private(by=club.chair, sitting_id=sitting.pk, because="a person is spoken of")
        assert told("sitting.closed_to_public") == (
            "Sitting 1 went into private; there remained the members: a person is spoken of."
        )
        assert not Presence.objects.filter(participation=observer, went=None).exists()
        refused("in_private", lambda: go_into_private(by=club.chair, sitting_id=sitting.pk))
        secret = hear_report(by=club.chair, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="Secret")
        take_chair(
            by=club.chair, sitting_id=sitting.pk, person_id=club.members[3].pk, basis="election", hands_over=True
        )
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office", hands_over=True)
    with clock_at(NOON + timedelta(minutes=30)):
        open_to_public(by=club.chair, sitting_id=sitting.pk)
        hear_report(by=club.chair, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="Open")
    members = Viewer(bodies=frozenset({club.body.book_id}))
    observers = Viewer(scopes=frozenset({subject(meeting)}))
    for viewer, titles in ((PUBLIC, ["Open"]), (observers, ["Open"]), (members, ["Secret", "Open"])):
        assert [report.title for report in reports_for(viewer, meeting)] == titles
    names = [spell.name for spell in next(iter(sittings_for(PUBLIC, meeting).values()))]
    assert names == ["Ann Adler", "Ann Adler"]
    entries = Entry.objects.filter(recorded_at__gte=NOON)
    assert {entry.access for entry in entries if subject(secret) in entry.subjects} == {"body"}
    assert not list(verify())


def test_an_adjourned_sitting_goes_on_in_a_later_one(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        refused("no_later_sitting", lambda: adjourn_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
        start = NOON + timedelta(days=2)
        refused(
            "later_sitting_ill_planned",
            lambda: adjourn_sitting(by=club.chair, sitting_id=gathering.sitting.pk, starts=start, ends=start),
        )
        following = adjourn_sitting(
            by=club.chair, sitting_id=gathering.sitting.pk, starts=start, ends=start + timedelta(hours=2)
        )
        assert told("sitting.adjourned") == (
            "Sitting 1 was adjourned; the meeting goes on in sitting 2, on 4 March 2026."
        )
    assert following.ordinal == 2
    first = anew(gathering.sitting)
    assert (first.closed, first.adjourned_to) == (NOON, following)
    assert following.meeting.ends == start.date()


def test_a_sitting_and_a_meeting_closed_too_early_are_opened_again(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
    with clock_at(NOON + timedelta(minutes=5)):
        refused("no_reason", lambda: reopen_meeting(by=club.chair, meeting_id=gathering.meeting.pk, because=" "))
        reopen_meeting(by=club.chair, meeting_id=gathering.meeting.pk, because="an item was left")
        assert told("meeting.reopened") == "The meeting was opened again: an item was left"
        reopen_sitting(by=club.chair, sitting_id=gathering.sitting.pk, because="an item was left")
        refused("nobody_presides", lambda: take_up_item(by=club.chair, item_id=gathering.second.pk))
        take_chair(by=club.chair, sitting_id=gathering.sitting.pk, person_id=club.members[0].pk, basis="office")
        take_up_item(by=club.chair, item_id=gathering.second.pk)
    rest = gathering.sitting.suspensions.get()
    assert (rest.starts, rest.ends) == (NOON, NOON + timedelta(minutes=5))
    assert not list(verify())


def test_a_rehearsal_that_was_held_since_lets_a_meeting_be_opened_again(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
    start = NOON + timedelta(days=7)
    about: dict[str, Any] = {"by": club.chair, "body_id": club.body.pk, "starts": start.date(), "ends": start.date()}
    rehearsal = convene_meeting(**about, sittings=[(start, start + timedelta(hours=2))], rehearsal=True)
    with clock_at(start):
        sitting = open_sitting(by=club.chair, sitting_id=rehearsal.sittings.get().pk, unsummoned_because="We practise.")
        there = [row.pk for row in accredit_members(by=club.chair, sitting_id=sitting.pk)]
        participants_came(by=club.chair, sitting_id=sitting.pk, participations=there)
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    with clock_at(start + timedelta(hours=1)):
        close_sitting(by=club.chair, sitting_id=sitting.pk)
        closed = close_meeting(by=club.chair, meeting_id=rehearsal.pk)
        assert Entry.objects.latest("pk").facts["ordinal"] == closed.number == 1
        reopen_meeting(by=club.chair, meeting_id=gathering.meeting.pk, because="an item was left")
    gathering.meeting.refresh_from_db()
    assert gathering.meeting.closed is None


def test_an_hour_kept_on_paper_cannot_fall_before_what_came_first(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        suspend_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(10))
        refused(
            "out_of_order", lambda: resume_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(9, 30))
        )
        resume_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(10, 30))
        refused(
            "out_of_order", lambda: suspend_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(10, 15))
        )
