"""Amendments are settled before the main text: the mover accepts them or the meeting votes; the text follows."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.motions import rules
from hemicycle.motions.acts import (
    accept_amendment,
    revise_motion,
    table_amendment,
    withdraw_amendment,
    withdraw_motion,
)
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.rules import Change, Point
from hemicycle.motions.text import last_version, text_of
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.tests.world import Floor, at, cast, certified, floor_of


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before


def texts(motion: Motion) -> list[str]:
    return [point.text for point in text_of(last_version(motion))[1]]


def moved(floor: Floor, target: str, point: int = 0, text: str = "") -> Amendment:
    return table_amendment(by=floor.club.chair, motion_id=floor.motion.pk, target=target, point=point, text=text)


def test_an_amendment_that_the_mover_accepts_makes_a_new_version(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        amendment = moved(floor, "point", 1, "The roof is repaired by May.")
        assert told("amendment.tabled") == (
            "Ann Adler moved amendment 1 to “Repair of the roof”, to point 1: “The roof is repaired by May.”"
        )
        refused("amendments_open", lambda: open_ballot(by=club.chair, motion_id=floor.motion.pk))
        refused(
            "amendments_open",
            lambda: revise_motion(by=club.chair, motion_id=floor.motion.pk, points=[("Nothing.", False)]),
        )
        version = accept_amendment(by=club.chair, amendment_id=amendment.pk)
    assert version.number == 2
    assert texts(floor.motion) == ["The roof is repaired by May.", "The members are thanked."]
    assert told("amendment.accepted").endswith("stands in version 2 now.")
    refused("amendment_settled", lambda: withdraw_amendment(by=club.chair, amendment_id=amendment.pk))
    assert not list(verify())


def test_an_amendment_that_the_meeting_carries_goes_into_the_text_and_the_motion_back_on_the_table(
    club: Club,
) -> None:
    floor = floor_of(club)
    with at(3):
        amendment = moved(floor, "after", 2, "It is reported in June.")
    for carried, choices in ((False, ["against"] * 4), (True, ["for"] * 4)):
        with at(10):
            if not Amendment.objects.filter(state="tabled").exists():
                amendment = moved(floor, "after", 2, "It is reported in July.")
            ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, amendment_id=amendment.pk)
            assert ballot.question == f"Shall amendment {amendment.ordinal} to “Repair of the roof” be adopted?"
            cast(ballot, *choices)
        with at(11):
            close_ballot(by=club.chair, ballot_id=ballot.pk)
            result = ballot.results.get()
            declare_result(by=club.chair, result_id=result.pk)
            certify_result(by=club.chair, result_id=result.pk)
        amendment.refresh_from_db()
        floor.motion.refresh_from_db()
        assert (amendment.state == "adopted") is carried
        assert floor.motion.state == "tabled"
    assert texts(floor.motion)[2:] == ["It is reported in July."]
    from hemicycle.decisions.acts import certify_decision

    refused("amendment_only", lambda: certify_decision(by=club.chair, result_id=result.pk))


def test_a_settled_text_takes_no_amendment(club: Club) -> None:
    floor = floor_of(club)
    certified(floor, *["for"] * 5)
    with at(20):
        refused("motion_settled", lambda: moved(floor, "preamble", 0, "Too late."))
    other = floor_of_second(floor)
    with at(21):
        withdraw_motion(by=club.chair, motion_id=other.pk)
        refused(
            "withdrawn",
            lambda: table_amendment(by=club.chair, motion_id=other.pk, target="preamble", text="Too late."),
        )


def floor_of_second(floor: Floor) -> Motion:
    from hemicycle.motions.acts import table_motion

    with at(20):
        return table_motion(by=floor.club.chair, item_id=floor.item.pk, title="Another", preamble="It is so.")


def test_an_amendment_says_something_about_a_point_that_is_there(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        refused("no_such_point", lambda: moved(floor, "point", 3, "x"))
        refused("no_such_point", lambda: moved(floor, "strike", 0))
        refused("no_text", lambda: moved(floor, "point", 1, " "))
        refused("nothing_changed", lambda: moved(floor, "preamble", 0, "The hall is older than the club."))
        moved(floor, "point", 2, "Nobody is thanked.")
        refused("amendment_tabled", lambda: moved(floor, "point", 2, "Nobody is thanked."))


def test_amendments_move_with_the_points_and_fall_with_a_point_that_is_struck(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        first = moved(floor, "strike", 1)
        on_it = moved(floor, "point", 1, "Half of the roof is repaired.")
        after = moved(floor, "point", 2, "All are thanked.")
        accept_amendment(by=club.chair, amendment_id=first.pk)
        on_it.refresh_from_db()
        after.refresh_from_db()
        assert (on_it.state, after.point) == ("fallen", 1)
        accept_amendment(by=club.chair, amendment_id=after.pk)
    assert texts(floor.motion) == ["All are thanked."]


points = st.lists(st.text("abc", min_size=1, max_size=3), min_size=0, max_size=6)


@given(points, st.sampled_from(["point", "after", "strike"]), st.integers(0, 7), st.integers(1, 7))
def test_a_change_moves_with_the_point_that_it_is_on(texts: list[str], target: str, place: int, other: int) -> None:
    """Against a model that marks the point itself and looks where it has gone."""
    change = Change(target, place, "new")
    if not rules.fits(change, len(texts)) or not 1 <= other <= len(texts):
        return
    marked = [Point(text, operational=number == other) for number, text in enumerate(texts, 1)]
    _preamble, after = rules.amended("", marked, change)
    found = next((number for number, point in enumerate(after, 1) if point.operational), None)
    if target == "point" and place == other:
        found = other  # The text is another; the point is the same.
    assert rules.moved(Change("point", other, "x"), change) == found
