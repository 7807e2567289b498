"""The screens of a hall: each shows what it is turned to, and in private that alone."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from hemicycle.bodies.models import Placement, Unit
from hemicycle.demo.club import Club
from hemicycle.journal.models import Book, Entry
from hemicycle.live.hall import hall_key
from hemicycle.live.models import HallScreen, Shows
from hemicycle.live.screens import GROUPS_AT_ONCE, size_of
from hemicycle.live.tests.test_faces import address, as_person
from hemicycle.meetings.acts import give_floor, go_into_private
from hemicycle.meetings.models import Meeting, Participation
from hemicycle.meetings.queue import ask_for_floor
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.voting.acts import close_ballot, declare_result, enter_batch, open_ballot, void_ballot
from hemicycle.voting.hands import Hands
from hemicycle.voting.models import Method
from hemicycle.voting.queries.names import GroupCount, NamedVote, largest_groups, votes_by_group
from hemicycle.voting.tests.test_elections import STV, called, under
from hemicycle.voting.tests.world import OPENING, Floor, at, cast, certified, floor_of, participation_of


def turn(club: Club, meeting: Meeting, number: int = 1, when: int = 5, **fields: object) -> int:
    with at(when):
        sent = {"screen": number, "text": "", "minutes": "", **fields}
        return as_person(club.members[0]).post(address(meeting, "hall"), sent).status_code


def seen(club: Club, meeting: Meeting, minutes: int, name: str = "screen", *, whole: bool = False) -> str:
    """Return what stands in the middle of a screen, or on the whole of it, as the hall's own machine shows it."""
    with at(minutes):
        answer = Client().get(address(meeting, name), {"key": hall_key(meeting.pk)})
    assert answer.status_code == 200
    text = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text if whole else text.partition("<header")[2]))


def test_a_screen_follows_until_it_is_turned_and_the_book_knows_nothing_of_it(club: Club) -> None:
    floor = floor_of(club)
    entries = Entry.objects.count()
    assert floor.motion.title in seen(club, floor.meeting, 5)
    assert turn(club, floor.meeting, shows="message", text="Lunch is ready <b>now</b>") == 302
    assert "Lunch is ready &lt;b&gt;now&lt;/b&gt;" in seen(club, floor.meeting, 6)
    assert turn(club, floor.meeting, shows="agenda") == 302
    shown = seen(club, floor.meeting, 6)
    assert floor.item.title in shown
    assert "Lunch" not in shown
    assert turn(club, floor.meeting, shows="countdown", text="We begin in", minutes="10") == 302
    assert HallScreen.objects.get().until == OPENING + timedelta(minutes=15)
    assert "We begin in" in seen(club, floor.meeting, 6)
    assert turn(club, floor.meeting, shows="break", minutes="5") == 302
    assert "The sitting goes on soon" in seen(club, floor.meeting, 6)
    assert turn(club, floor.meeting, shows="welcome") == 302
    assert str(floor.meeting) in seen(club, floor.meeting, 6)
    assert turn(club, floor.meeting, shows="follows") == 302
    assert floor.motion.title in seen(club, floor.meeting, 6)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    "wrong",
    [
        {"shows": "the result so far"},
        {"shows": "message", "text": "  "},
        {"shows": "message", "text": "x" * 301},
        {"shows": "countdown"},
        {"shows": "countdown", "minutes": "0"},
        {"shows": "break", "minutes": "a while"},
        {},
    ],
)
def test_what_a_screen_cannot_show_is_refused_in_a_sentence(club: Club, wrong: dict[str, str]) -> None:
    floor = floor_of(club)
    assert turn(club, floor.meeting, **wrong) == 422
    assert not HallScreen.objects.exists()


def test_only_the_desk_turns_screens_and_each_has_its_own_address(club: Club) -> None:
    floor = floor_of(club)
    hall, desk = address(floor.meeting, "hall"), as_person(club.members[0])
    with at(5):
        for person in (club.members[4], club.outsider):
            assert as_person(person).get(hall).status_code == 404
            assert as_person(person).post(hall, {"screen": 1, "shows": "agenda"}).status_code == 404
        assert desk.post(hall, {"name": "Foyer"}).status_code == 302
        assert desk.post(hall, {"name": ""}).status_code == 422
        assert desk.post(hall, {"screen": "9", "shows": "agenda"}).status_code == 404
    assert turn(club, floor.meeting, 2, shows="message", text="This way in") == 302
    second = address(floor.meeting, "screen").replace("/screen/", "/screens/2/")
    with at(6):
        key = {"key": hall_key(floor.meeting.pk)}
        assert "This way in" in Client().get(second, key).content.decode()
        assert "This way in" not in Client().get(address(floor.meeting, "screen"), key).content.decode()
        assert Client().get(second.replace("/2/", "/3/"), key).status_code == 404
        assert Client().get(f"{second}now/", {"key": "guessed"}).status_code in {302, 404}
        page = desk.get(hall)
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
        shown = desk.get(second)
        assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert desk.post(f"{hall}2/remove/").status_code == 302
        assert Client().get(second, key).status_code == 404
        for number in range(12):
            answer = desk.post(hall, {"name": f"Screen {number}"})
        assert answer.status_code == 409


@pytest.mark.parametrize("shows", list(Shows))
def test_in_private_a_screen_says_that_and_nothing_else(club: Club, shows: Shows) -> None:
    floor = floor_of(club)
    turn(club, floor.meeting, shows=shows, text="What we discuss", minutes="9")
    with at(6):
        go_into_private(by=club.chair, sitting_id=floor.sitting.pk, access="body", because="staff")
        give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[3].pk)
    shown = seen(club, floor.meeting, 7)
    assert "The sitting goes on in private" in shown
    for word in ("Dov", floor.motion.title, floor.item.title, "What we discuss", "Next"):
        assert word not in shown


def test_the_hall_sees_who_speaks_with_a_clock_and_who_is_next(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[3].pk, kind="for")
        for number, kind in ((2, "against"), (4, "comment"), (5, "for"), (6, "comment")):
            ask_for_floor(participation_id=participation_of(floor, number).pk, item_id=floor.item.pk, kind=kind)
    for shows in ("follows", "speaker"):
        turn(club, floor.meeting, shows=shows)
        shown = seen(club, floor.meeting, 6)
        assert re.search(r"Dov Dahl.*for.*since.*of 5 minutes.*Next Cleo Costa against Eva Egger Fay Fink for", shown)
        assert "Gus" not in shown
    turn(club, floor.meeting, shows="item")
    assert "Dov" not in seen(club, floor.meeting, 6)


def groups_of(club: Club, floor: Floor) -> None:
    for number, row in enumerate(Participation.objects.filter(sitting=floor.sitting, votes=True).order_by("seat")):
        Participation.objects.filter(pk=row.pk).update(group=club.local if number < 2 else club.unit)


@pytest.mark.parametrize(("names", "by_group"), [("public", True), ("body", False)])
def test_a_result_stands_by_group_only_where_the_rules_open_the_names_to_the_hall(
    club: Club, names: str, by_group: bool
) -> None:
    rules(club, names_of_votes=names)
    floor = floor_of(club)
    groups_of(club, floor)
    certified(floor, "for", "for", "against", "for", "for")
    turn(club, floor.meeting, 1, 15, shows="groups")
    shown = seen(club, floor.meeting, 16)
    assert "Carried" in shown
    assert ("Harbour" in shown) == by_group


def test_a_result_stands_by_the_units_that_the_groups_stand_under(club: Club) -> None:
    rules(club, names_of_votes="public")
    floor = floor_of(club)
    groups_of(club, floor)
    certified(floor, "for", "for", "against", "for", "for")
    above = above_of(club)
    turn(club, floor.meeting, 1, 15, shows="units")
    shown = seen(club, floor.meeting, 16)
    assert re.search(rf"Unit for against abstained .*{above} 2 0 0", shown)
    assert club.local.name not in shown.partition("Carried")[2]
    # Another unit of this name stands elsewhere, and the list tells them by their names: it is not said which it was.
    book = Book.objects.create(noun="unit", slug="namesake", title=club.local.name)
    namesake = Unit.objects.create(book=book, slug="namesake", name=club.local.name, level="local")
    Placement.objects.create(unit=namesake, parent=club.unit, starts=date(2026, 1, 1))
    shown = seen(club, floor.meeting, 17)
    assert re.search(rf"Unit for against abstained .*{club.local.name} 2 0 0", shown)
    assert above not in shown.partition("Carried")[2]


def above_of(club: Club) -> str:
    """Put a region between the club and its local; return its name."""
    region = Unit.objects.create(
        book=Book.objects.create(noun="unit", slug="shore", title="Shore"), slug="shore", name="Shore", level="region"
    )
    Placement.objects.filter(unit=club.local).update(parent=region)
    Placement.objects.create(unit=region, parent=club.unit, starts=date(2026, 1, 1))
    return region.name


@pytest.mark.parametrize(("names", "by_seat"), [("public", True), ("body", False)])
def test_every_vote_stands_in_its_own_seat_only_where_the_rules_open_the_names_to_the_hall(
    club: Club, names: str, by_seat: bool
) -> None:
    rules(club, names_of_votes=names)
    floor = floor_of(club, present=5)
    certified(floor, "for", "against", "for", "for", "for")
    turn(club, floor.meeting, 1, 15, shows="seats")
    shown = seen(club, floor.meeting, 16)
    assert "Carried" in shown
    assert ("Every vote in its own seat" in shown) == by_seat
    # The seats of members who are not there stay where they are, and stand in the key.
    assert ("not entitled" in shown) == by_seat


def test_more_groups_than_can_be_read_are_summed_and_not_left_out(club: Club) -> None:
    def named(group: str, *choices: str) -> list[NamedVote]:
        return [NamedVote(f"{group} {number}", group, None, choice) for number, choice in enumerate(choices)]

    votes = [one for number in range(9) for one in named(f"Large {number:02}", "for", "against")]
    votes += [one for number in range(5) for one in named(f"Little {number}", ("for", "")[number % 2])]
    counts = votes_by_group(votes)
    found = largest_groups(counts, GROUPS_AT_ONCE)
    assert [one.group for one in found.shown] == [f"Large {number:02}" for number in range(9)]
    assert (found.others, found.together) == (5, GroupCount("", 3, 0, 0, 2))
    assert found.whole == GroupCount("", 12, 9, 0, 2)
    assert largest_groups(counts[:10], GROUPS_AT_ONCE).others == 0
    assert [size_of(largest_groups(counts[:many], GROUPS_AT_ONCE)) for many in (5, 7, 10, 14)] == [
        "", "middling", "small", "small",
    ]  # fmt: skip


def test_the_hall_reads_how_many_groups_stand_in_one_line(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(club, names_of_votes="public")
    floor = floor_of(club)
    for number, row in enumerate(Participation.objects.filter(sitting=floor.sitting, votes=True).order_by("seat")):
        unit = Unit.objects.create(
            book=Book.objects.create(noun="unit", slug=f"u{number}", title="U"),
            slug=f"u{number}",
            name=f"Ward {number + 1}",
            level="local",
        )
        Participation.objects.filter(pk=row.pk).update(group=club.local if number < 2 else unit)
    certified(floor, "for", "for", "against", "for", "for", "for")
    monkeypatch.setattr("hemicycle.live.screens.GROUPS_AT_ONCE", 3)
    turn(club, floor.meeting, 1, 15, shows="groups")
    shown = seen(club, floor.meeting, 16)
    assert re.search(r"Harbour[^0-9]* 2 0 0 0 .*4 others, together 3 0 0 1 All 5 1 0 1", shown)


RUNNING = r"So far; nothing is decided yet for 2 against 1 abstained 0"


@pytest.mark.parametrize("allowed", [True, False])
def test_the_hall_sees_how_a_vote_by_name_stands_only_where_the_rules_say_so(club: Club, allowed: bool) -> None:
    rules(club, running_result=allowed)
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        cast(ballot, "for", "against", "for")
    shown = seen(club, floor.meeting, 11, "screen_turnout", whole=True)
    assert bool(re.search(RUNNING, shown)) == allowed
    assert "3 of 7" in shown
    with at(11):
        key = {"key": hall_key(floor.meeting.pk)}
        screen = Client().get(address(floor.meeting, "screen"), key).content.decode()
        assert 'hx-trigger="load, every 2s"' in screen, "the screen asks at once"
        desk = as_person(club.members[0]).get(address(floor.meeting, "desk_turnout")).content.decode()
        assert "So far" not in desk
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert "So far" not in seen(club, floor.meeting, 12)


def test_of_hands_the_hall_sees_what_the_tellers_settled_and_of_a_secret_vote_nothing(club: Club) -> None:
    rules(club, running_result=True, counts_twice_from=None)
    floor = floor_of(club)
    with at(10):
        hands = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.HANDS)
        assert re.search(r"for 0 against 0", seen(club, floor.meeting, 10, "screen_turnout", whole=True))
        enter_batch(by=club.chair, ballot_id=hands.pk, number=1, counted=Hands(2, 1, 0))
    assert re.search(RUNNING, seen(club, floor.meeting, 11, "screen_turnout", whole=True))
    with at(11):
        void_ballot(by=club.chair, ballot_id=hands.pk, reason="It was too loud.")
        open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.SECRET)
    shown = seen(club, floor.meeting, 12, "screen_turnout", whole=True)
    assert "0 of 7" in shown
    assert "So far" not in shown


def test_while_votes_come_in_no_screen_shows_how(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk, practice=True)
    for shows in ("follows", "question", "result", "groups"):
        turn(club, floor.meeting, 1, 11, shows=shows)
        shown = seen(club, floor.meeting, 12)
        assert "against" not in shown
        assert ("Practice: nothing is decided" in shown) == (shows in {"follows", "question"})


def test_the_hall_sees_who_stands_and_that_a_tie_was_broken_by_lot(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, seats=1, names=("Ada", "Ben"))
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id)
        cast(ballot, "1", "2", "1", "2")
    assert "Ada Ben" in seen(club, floor.meeting, 11)
    with at(12):
        result = close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()
        assert "by lot" not in seen(club, floor.meeting, 12)
        declare_result(by=club.chair, result_id=result.pk)
    shown = seen(club, floor.meeting, 13)
    assert "Elected" in shown
    assert "Ada and Ben were equal; by lot" in shown
