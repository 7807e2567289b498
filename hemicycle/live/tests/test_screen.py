"""What the hall screen says, and in which order of size."""

import re

from hemicycle.demo.club import Club
from hemicycle.live.faces import Face
from hemicycle.live.fragments import render
from hemicycle.meetings.acts import hear_report, settle_item
from hemicycle.meetings.models import AgendaItem
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.tests.world import Floor, at, certified, floor_of


def screen(floor: Floor, minutes: int) -> str:
    with at(minutes):
        return render(floor.meeting.pk, Face.SCREEN, "en")


def headline(shown: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.DOTALL)
    assert found
    return re.sub(r"<[^>]*>", "", found[1]).strip()


def reported(floor: Floor, club: Club, minutes: int, member: int, form: str = "delivered") -> None:
    with at(minutes):
        hear_report(
            by=club.secretary,
            item_id=floor.motion.item_id,
            reporter_id=club.members[member].pk,
            form=form,
            title="On the hall",
            text="As it stands.",
        )


def test_the_hall_reads_the_item_above_the_question_of_an_open_vote(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    shown = screen(floor, 11).partition("<header")[2]
    assert headline(shown) == ballot.question
    assert shown.index(floor.motion.item.title) < shown.index("Voting is open") < shown.index(ballot.question)


def test_the_hall_reads_the_item_above_a_declared_result(club: Club) -> None:
    floor = floor_of(club)
    certified(floor, "for", "for", "for", "for", "for")
    shown = screen(floor, 15)
    assert headline(shown) == "✓ Carried"
    assert f">{floor.motion.item.title}</span>" in shown


def test_the_hall_reads_who_reported_last_until_the_vote_is_opened(club: Club) -> None:
    floor = floor_of(club)
    assert "Report:" not in screen(floor, 5)
    reported(floor, club, 6, 3)
    reported(floor, club, 7, 4)
    reported(floor, club, 8, 5, form="written")
    assert f"Report: <strong>{club.members[4].name}</strong>" in screen(floor, 9)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert "Report:" not in screen(floor, 11)


def test_between_two_items_the_largest_type_is_what_comes_next(club: Club) -> None:
    floor = floor_of(club)
    AgendaItem.objects.create(
        meeting=floor.meeting, ordinal=2, number="2", title="The boats", language="en", access="public"
    )
    with at(6):
        settle_item(by=club.chair, item_id=floor.motion.item_id)
    shown = screen(floor, 7)
    assert headline(shown) == "The boats"
    assert "Next: item 2" in shown
