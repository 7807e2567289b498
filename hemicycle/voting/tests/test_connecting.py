"""Who may vote and is not connected: the desk knows it, rules say what follows, and nothing keeps it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.rules import PRESETS
from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened, Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import participant_went
from hemicycle.meetings.following import connected, say_who_follows
from hemicycle.meetings.models import Following
from hemicycle.voting.acts import close_ballot, open_ballot, strike_card, void_ballot
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries.connecting import connection_before, connection_in
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, OPENING, Floor, at, cast, floor_of

pytestmark = pytest.mark.django_db


def under(club: Club, **changes: object) -> Floor:
    """Bring the club to a vote under rules of its own; seven members are there."""
    rules = replace(PRESETS["association"], **changes)
    adopt_rules(by=club.administrator, body_id=club.body.pk, preset=rules, in_force_from=DAY)
    return floor_of(club)


def follow(floor: Floor, *members: int, process: str = "one") -> None:
    say_who_follows(process, {floor.meeting.pk: {floor.club.members[number].pk for number in members}})


def refused(do: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(**given)
    return refusal.value


def test_all_processes_together_know_who_is_connected_and_none_remembers(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        follow(floor, 0, 1)
        follow(floor, 1, 4, process="two")
        assert connected(floor.meeting.pk) == {club.members[number].pk for number in (0, 1, 4)}
        follow(floor, 2)
        follow(floor, process="two")
        assert connected(floor.meeting.pk) == {club.members[2].pk}
        floor.sitting.closed = OPENING + timedelta(hours=2)
        floor.sitting.save()
        follow(floor, 2)
        assert not Following.objects.exists(), "nothing is kept once the sitting is over"


def test_a_process_that_is_gone_is_not_believed_for_long(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        follow(floor, 0)
    with at(11):
        assert connected(floor.meeting.pk) == frozenset()
        follow(floor, 3, process="two")
        assert [row.process for row in Following.objects.all()] == ["two"]


def test_who_has_voted_left_or_got_a_paper_is_not_missed(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        follow(floor, 0, 1)
        before = connection_before(floor.sitting)
        assert (before.casting, before.here, len(before.absent)) == (7, 2, 5)
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        cast(ballot, "for", "", "for")
        voters = list(ballot.entitled.order_by("number"))
        strike_card(by=club.chair, voter_id=voters[3].pk, instead="paper")
    with at(11):
        participant_went(by=club.chair, participation_id=voters[4].participation_id)
        follow(floor, 0, 1)
        found = connection_in(ballot)
        assert (found.casting, [one.name for one in found.absent]) == (3, [voters[5].name, voters[6].name])


@pytest.mark.parametrize("method", [Method.NAMED, Method.SECRET])
def test_where_the_rules_let_it_wait_a_vote_waits_from_the_first_asking(club: Club, method: str) -> None:
    floor = under(club, unconnected="wait", connect_seconds=60)
    asked = {"by": club.chair, "motion_id": floor.motion.pk, "method": method}
    with at(10):
        follow(floor, 0, 1)
        first = refused(open_ballot, **asked, anyway=True)
        assert first.code == "not_connected_yet"
        assert "5 of 7 persons who may vote are not connected" in first.sentence
        assert "60 more seconds" in first.sentence
        assert not Ballot.objects.exists()
    with at(11):
        follow(floor, 0, 1)
        ballot = open_ballot(**asked)
        assert "60 more seconds" in refused(close_ballot, by=club.chair, ballot_id=ballot.pk).sentence
        follow(floor, *range(9))
        if method == Method.NAMED:
            close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert list(verify()) == []


def test_the_next_vote_on_a_motion_waits_for_itself(club: Club) -> None:
    floor = under(club, unconnected="wait", connect_seconds=60)
    asked = {"by": club.chair, "motion_id": floor.motion.pk}
    with at(10):
        refused(open_ballot, **asked)
    with at(11):
        ballot = open_ballot(**asked)
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The wrong text was read out.")
        assert "60 more seconds" in refused(open_ballot, **asked).sentence
    with at(12):
        open_ballot(**asked)


def test_who_asks_again_much_later_begins_to_wait_anew(club: Club) -> None:
    floor = under(club, unconnected="wait", connect_seconds=60)
    asked = {"by": club.chair, "motion_id": floor.motion.pk}
    for minutes in (10, 40):
        with at(minutes):
            assert "60 more seconds" in refused(open_ballot, **asked).sentence


def test_hands_practice_and_what_is_entered_later_wait_for_no_phone(club: Club) -> None:
    floor = under(club, unconnected="wait", connect_seconds=60)
    asked = {"by": club.chair, "motion_id": floor.motion.pk}
    with at(10):
        practice = open_ballot(**asked, practice=True)
        close_ballot(by=club.chair, ballot_id=practice.pk)
    with at(30):
        earlier = Happened("moment", OPENING + timedelta(minutes=20), reason="Kept on paper.")
        ballot = open_ballot(**asked, happened=earlier)
        close_ballot(by=club.chair, ballot_id=ballot.pk, happened=earlier)
    assert not Entry.objects.filter(kind__startswith="ballot", facts_text__icontains="connected").exists()


def test_the_desk_is_told_and_says_that_it_goes_on(club: Club) -> None:
    floor = under(club, unconnected="said")
    desk = as_person(club.members[0])
    opening = reverse("voting:open", args=[floor.motion.pk])
    with at(10):
        assert refused(open_ballot, by=club.chair, motion_id=floor.motion.pk).field == "anyway"
        answer = desk.post(opening, {"once": "o1", "next": "/en/"})
        assert answer.url == reverse("voting:open_anyway", args=[floor.motion.pk]) + "?next=/en/"
        asked = desk.get(answer.url).content.decode()
        assert "Open it all the same" in asked
        assert str(club.members[1]) in asked
        ways = desk.get(reverse("voting:ask", args=[floor.motion.pk])).content.decode()
        assert 'name="anyway"' in ways
        assert desk.post(answer.url, {"once": "o2", "next": "/en/"}).url == "/en/"
        ballot = Ballot.objects.get()
        closing = reverse("voting:close", args=[ballot.pk])
        answer = desk.post(closing, {"once": "c1"}, headers={"HX-Request": "true"})
        address = reverse("voting:close_anyway", args=[ballot.pk])
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, address)
        assert desk.post(address, {"once": "c2"}).status_code == 302
    ballot.refresh_from_db()
    assert ballot.closed
    assert list(verify()) == []


def test_only_the_desk_sees_who_is_not_connected(club: Club) -> None:
    floor = floor_of(club)
    address = reverse("voting:connected", args=[floor.sitting.pk])
    with at(10):
        follow(floor, 0, 1)
        desk = as_person(club.members[0])
        shown = desk.get(address).content.decode()
        assert str(club.members[2]) in shown
        assert f'<th scope="row">{club.members[1]}' not in shown
        assert "5 of 7 who may vote are not connected" in desk.get(address, {"line": ""}).content.decode()
        assert as_person(club.members[5]).get(address).status_code == 404
        floor_page = reverse("live:desk", args=["general-meeting", 1, 1])
        assert address in desk.get(floor_page).content.decode()
    floor.sitting.closed = OPENING + timedelta(hours=2)
    floor.sitting.save()
    assert desk.get(address).status_code == 404
