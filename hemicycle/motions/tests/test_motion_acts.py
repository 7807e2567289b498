"""Motions are tabled, revised in versions that stay, and withdrawn before the vote."""

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.access import PUBLIC
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, convene_meeting, settle_item
from hemicycle.meetings.queries import standings, viewer_of
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, under_way
from hemicycle.motions.acts import revise_motion, table_motion, withdraw_motion
from hemicycle.motions.models import Motion, MotionVersion
from hemicycle.motions.queries import latest_version, motion_for, motions_for, searchable_motions
from hemicycle.motions.rules import Point, is_change, says_something, why_fixed, written

POINTS = [("The roof is repaired.", True), ("  ", False), ("Thanks are given.", False)]


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


def tabled(club: Club) -> Motion:
    item = under_way(club).first
    return table_motion(by=club.chair, item_id=item.pk, title="The roof", mover="the Board", points=POINTS)


def test_a_draft_resolution_is_tabled_with_its_points(club: Club) -> None:
    motion = tabled(club)
    version = latest_version(motion)
    assert (motion.ordinal, motion.mover, motion.mover_person, version.number) == (1, "the Board", None, 1)
    assert [(point.ordinal, point.text, point.operational) for point in version.points.all()] == [
        (1, "The roof is repaired.", True),
        (2, "Thanks are given.", False),
    ]
    assert told() == "the Board tabled a draft resolution on item 1: “The roof”."


def test_a_member_moves_in_their_own_name(club: Club) -> None:
    item = under_way(club).first
    actor = next(one for one in standings(club.members[4].pk, MONDAY.date()) if one.capacity == "member")
    motion = table_motion(by=actor, item_id=item.pk, kind="motion", title="Adjourn", preamble="Until Tuesday.")
    assert (motion.mover, motion.mover_person) == ("Eva Egger", club.members[4])
    assert told() == "Eva Egger moved on item 1: “Adjourn”."
    with pytest.raises(Refused) as refusal:
        revise_motion(by=actor, motion_id=motion.pk, preamble="Until Wednesday.")
    assert refusal.value.status == 403


@pytest.mark.parametrize(("changed", "code"), [({"title": " "}, "no_title"), ({"points": [(" ", True)]}, "no_text")])
def test_a_motion_says_what_it_is_and_what_it_wants(club: Club, changed: dict[str, object], code: str) -> None:
    item = under_way(club).first
    with pytest.raises(Refused) as refusal:
        table_motion(**{"by": club.chair, "item_id": item.pk, "title": "The roof", "points": POINTS, **changed})
    assert refusal.value.code == code
    assert not Motion.objects.exists()


def test_a_revision_is_a_new_version_and_the_old_one_stays(club: Club) -> None:
    motion = tabled(club)
    with pytest.raises(Refused, match="as it was"):
        revise_motion(by=club.chair, motion_id=motion.pk, points=POINTS)
    revise_motion(by=club.chair, motion_id=motion.pk, points=POINTS[:1])
    assert told() == "“The roof” was put in version 2."
    assert [version.points.count() for version in MotionVersion.objects.order_by("number")] == [2, 1]
    assert latest_version(motion).number == 2


@pytest.mark.parametrize("state", ["voting", "adopted", "rejected", "withdrawn"])
def test_a_motion_put_to_the_vote_or_settled_changes_no_more(club: Club, state: str) -> None:
    motion = tabled(club)
    Motion.objects.update(state=state)
    for act in (
        lambda: revise_motion(by=club.chair, motion_id=motion.pk, points=POINTS[:1]),
        lambda: withdraw_motion(by=club.chair, motion_id=motion.pk),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == why_fixed(state)
    assert MotionVersion.objects.count() == 1


def test_a_motion_is_withdrawn_with_a_word_on_why(club: Club) -> None:
    motion = tabled(club)
    withdraw_motion(by=club.chair, motion_id=motion.pk, because="It was carried out already.")
    assert told() == "“The roof” was withdrawn: It was carried out already."
    motion.refresh_from_db()
    assert motion.state == "withdrawn"


def test_nothing_is_moved_on_what_was_dealt_with(club: Club) -> None:
    item = under_way(club).first
    settle_item(by=club.chair, item_id=item.pk)
    with pytest.raises(Refused) as refusal:
        table_motion(by=club.chair, item_id=item.pk, title="The roof", points=POINTS)
    assert refusal.value.code == "item_settled"


def test_a_motion_on_a_closed_item_does_not_exist_for_others(club: Club) -> None:
    motion = tabled(club)
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    item = add_item(by=club.chair, meeting_id=meeting.pk, title="A grievance", access="body")
    closed = table_motion(by=club.chair, item_id=item.pk, title="On it", preamble="So it is.")
    member = viewer_of(club.members[4].pk, None, MONDAY.date())
    assert motion_for(PUBLIC, motion.pk) == motion
    assert list(motions_for(PUBLIC, motion.item.meeting)) == [motion]
    assert list(motions_for(PUBLIC, meeting)) == []
    assert list(motions_for(member, meeting)) == [closed]
    with pytest.raises(Http404):
        motion_for(PUBLIC, closed.pk)
    found = {one.key: one for one in searchable_motions([motion.pk, closed.pk])}
    assert found[closed.pk].access == "body"
    assert "The roof is repaired." in found[motion.pk].text


points = st.lists(st.tuples(st.text(max_size=5), st.booleans()), max_size=5)


@given(st.text(max_size=5), points)
def test_empty_points_are_left_out_and_the_rest_keeps_its_order(preamble: str, typed: list[tuple[str, bool]]) -> None:
    kept = written(typed)
    assert [point.text for point in kept] == [text.strip() for text, _operational in typed if text.strip()]
    assert says_something(preamble, kept) == bool(preamble.strip() or kept)
    assert not is_change((preamble, kept), (f" {preamble} ", kept))
    assert is_change((preamble, kept), (preamble, [*kept, Point("more")]))
