"""Who takes part: accreditation, seats, coming and going. Enlarging a meeting adds people, never votes."""

from datetime import timedelta

import pytest

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    Accredit,
    Delegation,
    accredit_again,
    accredit_members,
    accredit_participants,
    participant_came,
    participant_went,
    participants_came,
    plan_sitting,
    seat_alternate,
    unseat_alternate,
)
from hemicycle.meetings.models import Participation, Presence
from hemicycle.meetings.queries import attendance, quorum_at, standings, viewer_of
from hemicycle.meetings.tests.world import at, convened, under_way


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


def accredited(club: Club, person: object, capacity: str, **more: object) -> Participation:
    sitting = Participation.objects.filter(capacity="member").first().sitting
    people = [Accredit(person.pk, capacity, **more)]
    return accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=people)[0]


def own(person: object) -> Participation:
    return Participation.objects.get(person=person)


def test_all_members_and_alternates_are_accredited_by_one_act(club: Club) -> None:
    sitting = convened(club).sitting
    made = accredit_members(by=club.secretary, sitting_id=sitting.pk)
    assert sorted((one.capacity, one.votes, one.seat) for one in made) == [
        ("alternate", False, None),
        *(("member", True, seat) for seat in range(1, 10)),
    ]
    assert Entry.objects.filter(kind="participants.accredited").count() == 1
    assert told() == "Accredited: 9 members, 1 alternate member. With a vote: 9."
    with pytest.raises(Refused, match="accredited already"):
        accredit_members(by=club.secretary, sitting_id=sitting.pk)


def test_enlarging_a_meeting_adds_people_and_never_votes(club: Club) -> None:
    sitting = convened(club).sitting
    made = accredit_participants(
        by=club.secretary,
        sitting_id=sitting.pk,
        people=[
            Accredit(club.members[0].pk, "member"),
            Accredit(club.alternate.pk, "alternate"),
            Accredit(club.outsider.pk, "observer"),
        ],
        delegations=[Delegation("Officials of the region", 12), Delegation("The press", capacity="invited")],
    )
    assert [one.votes for one in made] == [True, False, False, False, False]
    assert told() == (
        "Accredited: 1 member, 1 alternate member, 1 observer, Officials of the region (12), The press. With a vote: 1."
    )


@pytest.mark.parametrize("capacity", ["member", "alternate", "alternate seated"])
def test_nobody_has_a_seat_by_accreditation_alone(club: Club, capacity: str) -> None:
    sitting = convened(club).sitting
    with pytest.raises(Refused):
        accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=[Accredit(club.outsider.pk, capacity)])
    assert not Participation.objects.exists()


@pytest.mark.parametrize("capacity", ["member", "alternate"])
def test_a_delegation_has_no_seat(club: Club, capacity: str) -> None:
    sitting = convened(club).sitting
    with pytest.raises(Refused, match="one by one"):
        accredit_participants(by=club.secretary, sitting_id=sitting.pk, delegations=[Delegation("Region", 3, capacity)])


def test_nobody_is_accredited_twice(club: Club) -> None:
    sitting = convened(club).sitting
    twice = [Accredit(club.outsider.pk, "observer"), Accredit(club.outsider.pk, "invited")]
    with pytest.raises(Refused, match="Kim Kern is accredited already"):
        accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=twice)
    accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=twice[:1])
    with pytest.raises(Refused, match="Kim Kern is accredited already"):
        accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=twice[1:])
    assert Participation.objects.count() == 1


def test_a_delegation_or_an_unknown_person_does_not_become_a_row(club: Club) -> None:
    sitting = convened(club).sitting
    for people, delegations in (([Accredit(999_999, "observer")], []), ([], [Delegation("  ")]), ([], [])):
        with pytest.raises(Refused):
            accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=people, delegations=delegations)
    assert not Participation.objects.exists()


def test_observers_and_unseated_alternates_count_for_no_quorum(club: Club) -> None:
    sitting = under_way(club, present=4).sitting
    observer = accredited(club, club.outsider, "observer")
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[observer.pk, own(club.alternate).pk])
    quorum = quorum_at(sitting, MONDAY)
    assert (quorum.present, quorum.needed, quorum.reached, quorum.whole) == (4, 5, False, 9)


def test_a_seated_alternate_counts_in_the_place_of_the_absent_member(club: Club) -> None:
    sitting = under_way(club, present=4).sitting
    alternate, absent = own(club.alternate), own(club.members[8])
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[alternate.pk])
    seat_alternate(by=club.chair, participation_id=alternate.pk, stands_for_id=absent.pk)
    assert told() == "Jon Jonas took the seat of Ida Iding, who is not there."
    assert quorum_at(sitting, MONDAY).reached
    with pytest.raises(Refused, match="Jon Jonas sits for Ida Iding"):
        participant_came(by=club.secretary, participation_id=absent.pk)
    unseat_alternate(by=club.chair, participation_id=alternate.pk)
    participant_came(by=club.secretary, participation_id=absent.pk)
    assert quorum_at(sitting, MONDAY).present == 5
    assert own(club.alternate).votes is False


def test_an_alternate_takes_no_seat_of_a_member_who_is_there_or_has_no_vote(club: Club) -> None:
    under_way(club, present=4)
    alternate, there = own(club.alternate), own(club.members[0])
    observer = accredited(club, club.outsider, "observer")
    for stands_for, code in ((there, "member_is_there"), (observer, "no_vote_to_stand_for")):
        with pytest.raises(Refused) as refusal:
            seat_alternate(by=club.chair, participation_id=alternate.pk, stands_for_id=stands_for.pk)
        assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        seat_alternate(by=club.chair, participation_id=observer.pk, stands_for_id=own(club.members[8]).pk)
    assert refusal.value.code == "no_alternate"


def test_people_are_entered_as_there_once(club: Club) -> None:
    sitting = under_way(club, present=5).sitting
    everybody = [one.pk for one in Participation.objects.filter(capacity="member")]
    made = participants_came(by=club.secretary, sitting_id=sitting.pk, participations=everybody, mode="remote")
    assert [presence.mode for presence in made] == ["remote"] * 4
    assert told() == "Present were entered: 4 members."
    with pytest.raises(Refused, match="twice"):
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=everybody)
    assert Presence.objects.count() == 9


def test_one_checks_in_and_out_for_oneself_and_the_desk_for_anybody(club: Club) -> None:
    under_way(club, present=4)
    eva, fay = club.members[4], club.members[5]
    actor = next(one for one in standings(eva.pk, MONDAY.date()) if one.capacity == "member")
    with pytest.raises(Refused, match="only for yourself"):
        participant_came(by=actor, participation_id=own(fay).pk)
    participant_came(by=actor, participation_id=own(eva).pk, mode="remote")
    assert told() == "Eva Egger joined remotely."
    assert Entry.objects.get(kind="participant.came").access == "participants"
    with pytest.raises(Refused, match="there already"):
        participant_came(by=actor, participation_id=own(eva).pk)
    with clock_at(MONDAY + timedelta(hours=2)):
        participant_went(by=actor, participation_id=own(eva).pk)
        assert told() == "Eva Egger left."
        with pytest.raises(Refused, match="not entered as there"):
            participant_went(by=club.secretary, participation_id=own(eva).pk)
        with pytest.raises(Refused, match="Enter a later moment"):
            participant_came(by=actor, participation_id=own(eva).pk, happened=at(10))
        participant_came(by=club.secretary, participation_id=own(eva).pk)
    assert own(eva).presences.count() == 2


def test_who_was_there_is_told_for_any_moment_by_class_mode_and_group(club: Club) -> None:
    sitting = under_way(club, present=6).sitting
    accredit_participants(
        by=club.secretary,
        sitting_id=sitting.pk,
        people=[Accredit(club.outsider.pk, "observer", group=club.local.pk)],
        delegations=[Delegation("Officials", 12)],
        mode="remote",
    )
    with clock_at(MONDAY + timedelta(hours=1)):
        participants_came(
            by=club.secretary,
            sitting_id=sitting.pk,
            participations=list(Participation.objects.filter(mode="remote").values_list("pk", flat=True)),
        )
        participant_went(by=club.secretary, participation_id=own(club.members[0]).pk)
    before, after = attendance(sitting, MONDAY), attendance(sitting, MONDAY + timedelta(hours=1))
    assert (before.present, before.in_person, before.remote) == (6, 6, 0)
    assert (after.present, after.in_person, after.remote) == (6, 5, 1)
    assert [(one.name, one.accredited, one.present) for one in after.classes] == [
        ("member", 9, 5),
        ("alternate", 1, 0),
        ("observer", 1, 1),
    ]
    assert [(one.name, one.present) for one in after.groups] == [("Harbour", 1)]
    assert [(one.name, one.number, one.mode) for one in before.delegations] == [("Officials", 12, None)]
    assert after.delegations[0].mode == "remote"


def test_an_observer_acts_and_sees_as_a_participant_of_that_meeting_only(club: Club) -> None:
    gathering = under_way(club)
    assert standings(club.outsider.pk, MONDAY.date()) == []
    accredited(club, club.outsider, "observer")
    [actor] = standings(club.outsider.pk, MONDAY.date())
    assert (actor.capacity, actor.book, actor.title) == ("observer", club.body.book_id, "observer")
    viewer = viewer_of(club.outsider.pk, None, MONDAY.date())
    assert viewer.scopes == {f"meeting:{gathering.meeting.pk}"}
    assert not viewer.organisation
    assert not viewer.bodies
    secretary = viewer_of(club.members[1].pk, None, MONDAY.date())
    assert club.body.book_id in secretary.desks
    assert viewer_of(club.members[5].pk, None, MONDAY.date()).desks == frozenset()


def test_those_of_one_sitting_are_accredited_to_the_next_by_one_act(club: Club) -> None:
    first = under_way(club).sitting
    guest = Accredit(club.outsider.pk, "observer")
    accredit_participants(by=club.secretary, sitting_id=first.pk, people=[guest], mode="remote")
    guild = Delegation("The builders' guild", 3, "invited")
    accredit_participants(by=club.secretary, sitting_id=first.pk, delegations=[guild])
    member, alternate = own(club.members[8]), first.participations.get(capacity="alternate")
    participant_went(by=club.secretary, participation_id=member.pk)
    seat_alternate(by=club.secretary, participation_id=alternate.pk, stands_for_id=member.pk)
    starts = first.planned_end + timedelta(hours=1)
    second = plan_sitting(
        by=club.secretary, meeting_id=first.meeting_id, start=starts, end=starts + timedelta(hours=2), lengthen=True
    )
    made = accredit_again(by=club.secretary, sitting_id=second.pk)
    assert sorted((str(one), one.capacity, one.mode, one.votes, one.number) for one in made) == sorted(
        (str(one), one.capacity.removesuffix(" seated"), one.mode, one.capacity == "member", one.number)
        for one in first.participations.all()
    )
    assert told() == ("Accredited: 9 members, 1 alternate member, 1 observer, The builders' guild (3). With a vote: 9.")
    with pytest.raises(Refused, match="accredited already"):
        accredit_again(by=club.secretary, sitting_id=second.pk)
    with pytest.raises(Refused, match="first sitting"):
        accredit_again(by=club.secretary, sitting_id=first.pk)
