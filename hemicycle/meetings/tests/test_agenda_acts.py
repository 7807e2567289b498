"""An agenda is made by the desk until its adoption, and changed by the meeting alone from then on."""

import pytest

from hemicycle.accounts.access import PUBLIC
from hemicycle.bodies.acts import found_body
from hemicycle.bodies.queries import actors_of
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accept_referral,
    add_item,
    adopt_agenda,
    change_item,
    convene_meeting,
    decline_referral,
    move_item,
    refer_item,
    settle_item,
    withdraw_item,
)
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem, Meeting, Referral
from hemicycle.meetings.queries import items_for
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, Gathering, under_way


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


def standing(meeting: Meeting) -> list[str]:
    return [f"{item.called} {item.title}" for item in meeting.items.order_by("ordinal")]


@pytest.fixture
def meeting(club: Club) -> Meeting:
    """A meeting with four items, two of them under the second."""
    made = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    items = [add_item(by=club.secretary, meeting_id=made.pk, title=title) for title in ("Boats", "Fees")]
    for title in ("Adults", "Children"):
        add_item(by=club.secretary, meeting_id=made.pk, title=title, parent_id=items[1].pk)
    made.refresh_from_db()
    return made


def item(meeting: Meeting, title: str) -> AgendaItem:
    return meeting.items.get(title=title)


def test_items_are_numbered_by_their_place(meeting: Meeting, club: Club) -> None:
    assert standing(meeting) == ["1 Boats", "2 Fees", "2.1 Adults", "2.2 Children"]
    add_item(by=club.secretary, meeting_id=meeting.pk, title="Roll call", at=1)
    assert told() == "“Roll call” was put on the agenda as item 1."
    assert standing(meeting) == ["1 Roll call", "2 Boats", "3 Fees", "3.1 Adults", "3.2 Children"]
    assert verify() == []


def test_an_item_moves_with_what_stands_under_it(meeting: Meeting, club: Club) -> None:
    move_item(by=club.chair, item_id=item(meeting, "Fees").pk, at=1)
    assert told() == "Item 2, “Fees”, became item 1."
    assert standing(meeting) == ["1 Fees", "1.1 Adults", "1.2 Children", "2 Boats"]
    move_item(by=club.chair, item_id=item(meeting, "Adults").pk, parent_id=item(meeting, "Boats").pk, at=1)
    assert standing(meeting) == ["1 Fees", "1.1 Children", "2 Boats", "2.1 Adults"]
    assert verify() == []
    with pytest.raises(Refused, match="cannot stand under itself"):
        move_item(by=club.chair, item_id=item(meeting, "Boats").pk, parent_id=item(meeting, "Adults").pk, at=1)
    with pytest.raises(Refused, match="stands there already"):
        move_item(by=club.chair, item_id=item(meeting, "Boats").pk, at=2)


def test_an_item_taken_off_is_kept_in_the_book_and_met_nowhere(meeting: Meeting, club: Club) -> None:
    fees = item(meeting, "Fees")
    withdraw_item(by=club.chair, item_id=fees.pk, because="Not ready.")
    assert told() == "Item 2, “Fees”, was taken off the agenda, with 2 under it. Reason: Not ready."
    assert standing(meeting) == ["1 Boats"]
    assert [one.title for one in items_for(PUBLIC, meeting)] == ["Boats"]
    assert AgendaItem.every.filter(meeting=meeting, state="withdrawn").count() == 3
    with pytest.raises(Refused, match="taken off the agenda meanwhile"):
        change_item(by=club.chair, item_id=fees.pk, title="Fees again")
    add_item(by=club.chair, meeting_id=meeting.pk, title="Fees")
    assert standing(meeting) == ["1 Boats", "2 Fees"]
    assert verify() == []


def test_a_title_is_changed_by_an_act(meeting: Meeting, club: Club) -> None:
    change_item(by=club.chair, item_id=item(meeting, "Boats").pk, title="Boats and oars")
    assert told() == "Item 1, “Boats”, is now called “Boats and oars”."
    with pytest.raises(Refused, match="has this very title already"):
        change_item(by=club.chair, item_id=item(meeting, "Boats and oars").pk, title="Fees")
    change_item(by=club.chair, item_id=item(meeting, "Fees").pk, title="Fees", referred_by="the treasurer")
    assert told() == "Item 2, “Fees”, was referred by the treasurer."


def test_who_changes_an_agenda_that_another_has_changed_is_told_of_it(meeting: Meeting, club: Club) -> None:
    seen = meeting.agenda_version
    move_item(by=club.chair, item_id=item(meeting, "Fees").pk, at=1, seen=seen)
    add_item(by=club.chair, meeting_id=meeting.pk, title="Elections", seen=seen + 1)
    before = Entry.objects.count()
    for act in (
        lambda: add_item(by=club.secretary, meeting_id=meeting.pk, title="Other business", seen=seen),
        lambda: withdraw_item(by=club.secretary, item_id=item(meeting, "Boats").pk, seen=seen),
        lambda: adopt_agenda(by=club.secretary, meeting_id=meeting.pk, seen=seen),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "agenda_changed"
        said = refusal.value.sentence
        assert "Item 2, “Fees”, became item 1. (Ann Adler, President)" in said
        assert "“Elections” was put on the agenda as item 3. (Ann Adler, President)" in said
        assert "Boats" not in said
    assert Entry.objects.count() == before


def test_an_adopted_agenda_is_not_changed_silently(club: Club) -> None:
    gathering = under_way(club)
    second = gathering.second.pk
    for act in (
        lambda: add_item(by=club.chair, meeting_id=gathering.meeting.pk, title="More"),
        lambda: move_item(by=club.chair, item_id=second, at=1),
        lambda: change_item(by=club.chair, item_id=second, title="Dues"),
        lambda: withdraw_item(by=club.chair, item_id=second),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "agenda_adopted"


def test_the_meeting_changes_its_agenda_by_the_majority_of_its_rules(club: Club) -> None:
    """The association's rules ask for two thirds of the votes for and against."""
    gathering = under_way(club)
    meeting = gathering.meeting.pk
    with pytest.raises(Refused, match="ask for 6 votes to change the agenda, and 5 were given"):
        add_item(by=club.chair, meeting_id=meeting, title="Elections", vote=Vote(5, 3, 1))
    assert standing(gathering.meeting) == ["1 The boathouse", "2 Fees"]
    add_item(by=club.chair, meeting_id=meeting, title="Elections", at=2, vote=Vote(6, 3, 0))
    assert told() == (
        "“Elections” was put on the agenda as item 2. The meeting so decided by 6 votes to 3, with 0 abstaining; "
        "6 were needed."
    )
    withdraw_item(by=club.chair, item_id=gathering.second.pk, vote=Vote(9, 0, 0))
    assert standing(gathering.meeting) == ["1 The boathouse", "2 Elections"]
    assert Entry.objects.get(kind="item.withdrawn").facts["vote"] == {
        "for": 9, "against": 0, "abstained": 0, "needed": 6
    }  # fmt: skip
    assert verify() == []


@pytest.mark.parametrize("vote", [Vote(10, 0, 0), Vote(5, 5, 0), Vote(9, 0, 1), Vote(-1, 0, 0)])
def test_more_votes_than_voters_are_refused(club: Club, vote: Vote) -> None:
    gathering = under_way(club)
    with pytest.raises(Refused, match="who may vote are there"):
        add_item(by=club.chair, meeting_id=gathering.meeting.pk, title="Elections", vote=vote)


def test_without_a_quorum_or_a_sitting_the_agenda_stays(club: Club, meeting: Meeting) -> None:
    adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    with pytest.raises(Refused, match="only a sitting can change it"):
        add_item(by=club.chair, meeting_id=meeting.pk, title="Elections", vote=Vote(9, 0, 0))
    gathering = under_way(club, present=3)
    with pytest.raises(Refused, match="no quorum"):
        add_item(by=club.chair, meeting_id=gathering.meeting.pk, title="Elections", vote=Vote(3, 0, 0))


def test_what_was_dealt_with_is_not_taken_off(club: Club) -> None:
    gathering: Gathering = under_way(club)
    settle_item(by=club.chair, item_id=gathering.first.pk)
    with pytest.raises(Refused, match="dealt with, and cannot be taken off"):
        withdraw_item(by=club.chair, item_id=gathering.first.pk, vote=Vote(9, 0, 0))


def test_an_item_under_one_for_fewer_people_is_for_fewer_people_too(meeting: Meeting, club: Club) -> None:
    closed = add_item(by=club.chair, meeting_id=meeting.pk, title="Staff", access="body")
    below = add_item(by=club.chair, meeting_id=meeting.pk, title="Wages", parent_id=closed.pk)
    assert (closed.called, below.called, below.access) == ("B1", "B1.1", "body")
    with pytest.raises(Refused, match="open to fewer people"):
        move_item(by=club.chair, item_id=item(meeting, "Boats").pk, parent_id=closed.pk, at=1)
    assert [one.called for one in items_for(PUBLIC, meeting)] == ["1", "2", "2.1", "2.2"]


def test_a_body_refers_and_another_accepts_or_declines(club: Club, meeting: Meeting) -> None:
    board = found_body(
        by=club.administrator, unit_id=club.local.pk, name="Harbour Board", kind="board", time_zone="UTC"
    )
    with pytest.raises(Refused, match="not to itself"):
        refer_item(by=club.chair, body_id=club.body.pk, to_id=club.body.pk, title="Moorings")
    boats = item(meeting, "Boats")
    there = refer_item(by=club.chair, body_id=club.body.pk, to_id=board.pk, item_id=boats.pk, title="Moorings")
    assert told() == "“Moorings” was referred to Harbour Board, from item 1."
    with pytest.raises(Refused, match="referred to Harbour Board already"):
        refer_item(by=club.chair, body_id=club.body.pk, to_id=board.pk, title="Moorings")
    with pytest.raises(Refused) as refusal:
        accept_referral(by=club.chair, referral_id=there.pk, meeting_id=meeting.pk)
    assert refusal.value.code == "other_body"
    here = [
        Referral.objects.create(body=board, to=club.body, title=title, referred=STARTS) for title in ("Dues", "Flags")
    ]
    made = accept_referral(by=club.secretary, referral_id=here[0].pk, meeting_id=meeting.pk, at=1)
    assert told() == "“Dues”, referred by Harbour Board, was accepted onto the agenda as item 1."
    assert (made.referral, made.referred_by) == (here[0], "Harbour Board")
    decline_referral(by=club.secretary, referral_id=here[1].pk, because="It is the board's own matter.")
    assert told() == "“Flags”, referred by Harbour Board, was declined: It is the board's own matter."
    for referral in here:
        with pytest.raises(Refused, match="answered already"):
            decline_referral(by=club.secretary, referral_id=referral.pk, because="Again.")


def test_only_the_desk_makes_the_agenda(club: Club, meeting: Meeting) -> None:
    (member,) = [actor for actor in actors_of(club.members[4].pk, DAY) if actor.capacity == "member"]
    with pytest.raises(Refused) as refusal:
        add_item(by=member, meeting_id=meeting.pk, title="Mine")
    assert refusal.value.status == 403
