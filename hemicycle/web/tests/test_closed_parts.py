"""Nothing about a closed part leaves its audience: no title, no count, no date, at no address of the house.

The public day of a meeting is held. Then a closed sitting does everything that a sitting can do, on a closed item and
on a public one, and a closed meeting is called. To whoever may not know, every page stays letter by letter what it was,
and what is new answers as an address does at which there is nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemicycle.accounts.access import Access
from hemicycle.accounts.acts import NewPerson, open_account, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import Holding, create_post, found_body, give_posts
from hemicycle.bodies.models import PostKind
from hemicycle.decisions.acts import (
    Changing,
    answer_consultation,
    call_consultation,
    certify_decision,
    issue_directive,
    name_handler,
    receive_directive,
    report_progress,
)
from hemicycle.decisions.tests.world import DUE
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    close_sitting,
    convene_meeting,
    hand_out_document,
    hear_report,
    open_sitting,
    participants_came,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
from hemicycle.motions.acts import revise_motion, table_motion, withdraw_motion
from hemicycle.motions.models import Motion
from hemicycle.publishing.tests.world import first_day, published
from hemicycle.search.index import rebuild
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.models import Ballot
from hemicycle.voting.tests.world import OPENING, at, cast
from hemicycle.web.tests.addresses import Place, places

pytestmark = pytest.mark.usefixtures("templates_unnoted")

MARK = "Zyklonfarn"
CLOSED_DAY = date(2026, 5, 19)
CLOSED_START = datetime(2026, 5, 19, 7, 0, tzinfo=UTC)
LATER = OPENING + timedelta(days=3)
SEARCHES = [f"/en/search/?q={MARK.lower()}", "/en/search/?q=roof", *(f"/en/search/?kind={noun}" for noun in (
    "meeting", "agendaitem", "report", "document", "motion", "decision", "directive", "publication"))]  # fmt: skip
# Tokens are new on every page. That a book has grown is told by its numbers, which are the law of the chain.
TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|once|seen)" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|after=\d+(?:%3A|:)\d+)'
)

Seen = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class World:
    """The club after its public day, with a motion that a closed sitting will revise, and one it will withdraw."""

    club: Club
    meeting: Meeting
    closed: Sitting
    revised: Motion
    withdrawn: Motion
    neighbour: Person


@pytest.fixture
def apart(settings: Any, tmp_path: Path) -> None:
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    settings.MEDIA_ROOT = tmp_path / "files"


def public_day(club: Club, access: str) -> World:
    """Hold the public day; the second sitting is closed to all but this audience."""
    (neighbour,) = register_persons(by=club.administrator, people=[NewPerson("Lea Lind", email="lea@club.example")])
    open_account(by=club.administrator, person_id=neighbour.pk, email=neighbour.email)
    board = found_body(
        by=club.administrator, unit_id=club.local.pk, name="Harbour Board", kind="board", time_zone="UTC"
    )
    seat = create_post(by=club.administrator, body_id=board.pk, kind=PostKind.FULL, title="member", seats=3, votes=True)
    give_posts(by=club.administrator, holdings=[Holding(seat.pk, neighbour.pk, date(2026, 1, 1))])
    meeting = first_day(club)
    first, second = meeting.sittings.order_by("ordinal")
    Sitting.objects.filter(pk=second.pk).update(access=access)
    AgendaItem.objects.filter(meeting=meeting, ordinal=3).update(access=access)
    regatta = meeting.items.get(ordinal=2)
    with at(50):
        tabled = [
            table_motion(by=club.chair, item_id=regatta.pk, title=title, points=[("It is so.", False)])
            for title in ("A motion to revise", "A motion to withdraw")
        ]
        close_sitting(by=club.chair, sitting_id=first.pk)
        published(club, meeting)
    return World(club, meeting, Sitting.objects.get(pk=second.pk), tabled[0], tabled[1], neighbour)


def behind_closed_doors(world: World, access: str) -> Iterator[None]:
    """Let the closed sitting do everything; yields in the midst of its vote, and when all is done."""
    chair, secretary, meeting, sitting = world.club.chair, world.club.secretary, world.meeting, world.closed
    begin = OPENING + timedelta(days=1)
    open_item, closed_item = meeting.items.get(ordinal=2), meeting.items.get(ordinal=3)
    with clock_at(begin):
        accredit_members(by=secretary, sitting_id=sitting.pk)
        there = sitting.participations.filter(votes=True).values_list("pk", flat=True)
        participants_came(by=secretary, sitting_id=sitting.pk, participations=list(there))
        take_chair(by=chair, sitting_id=sitting.pk, person_id=world.club.members[3].pk, basis="election")
        open_sitting(by=chair, sitting_id=sitting.pk)
        revise_motion(by=chair, motion_id=world.revised.pk, points=[(f"{MARK} revised.", False)])
        withdraw_motion(by=chair, motion_id=world.withdrawn.pk, because=f"{MARK} withdrawn")
    AgendaItem.objects.filter(pk=closed_item.pk).update(state="pending", title=f"{MARK} item")
    for number, item in enumerate((open_item, closed_item), 1):
        with clock_at(begin + timedelta(minutes=20 * number)):
            ballot = debated(world, item)
        if number == 1:
            yield
        with clock_at(begin + timedelta(minutes=20 * number + 5)):
            decided(world, ballot)
            settle_item(by=chair, item_id=item.pk, outcome=f"{MARK} outcome")
    with clock_at(begin + timedelta(hours=2)):
        published(world.club, meeting, access)
        close_sitting(by=chair, sitting_id=sitting.pk)
        closed_meeting(chair, world.club, access)
    yield


def debated(world: World, item: AgendaItem) -> Ballot:
    """Take up an item, report on it, hand out a document, table a motion, and put it to the vote."""
    chair, reporter = world.club.chair, world.club.members[4].pk
    take_up_item(by=chair, item_id=item.pk)
    for form in ("delivered", "written"):
        hear_report(
            by=chair, item_id=item.pk, reporter_id=reporter, title=f"{MARK} {form}", text=f"{MARK} t", form=form
        )
    hand_out_document(
        by=chair,
        meeting_id=world.meeting.pk,
        item_id=item.pk,
        title=f"{MARK} paper",
        access=Access.PUBLIC,
        upload=SimpleUploadedFile("a.txt", f"{MARK} {item.pk}".encode()),
    )
    motion = table_motion(by=chair, item_id=item.pk, title=f"{MARK} motion", points=[(f"{MARK} is done.", True)])
    ballot = open_ballot(by=chair, motion_id=motion.pk)
    cast(ballot, *["for"] * 6, "against")
    return ballot


def decided(world: World, ballot: Ballot) -> None:
    """Count, decide, hand the point to the local unit, and let the unit answer in its own book."""
    chair = world.club.chair
    close_ballot(by=chair, ballot_id=ballot.pk)
    result = ballot.results.get()
    declare_result(by=chair, result_id=result.pk)
    certify_result(by=chair, result_id=result.pk)
    decision = certify_decision(by=chair, result_id=result.pk, changes=[Changing("amends", 1)])
    directive = issue_directive(
        by=world.club.secretary,
        point_id=decision.points.get().pk,
        responsible_unit_id=world.club.local.pk,
        text=f"{MARK} task",
        due=DUE,
        sector=MARK,
    )
    receive_directive(by=world.club.head, directive_id=directive.pk)
    report_progress(by=world.club.head, directive_id=directive.pk, narrative=f"{MARK} is under way")
    name_handler(by=world.club.head, directive_id=directive.pk, person_id=world.club.head.person)
    discussion = call_consultation(
        by=chair, point_id=decision.points.get().pk, text=f"{MARK} is discussed", due=DUE, positions=[MARK, "No"]
    )
    answer_consultation(
        by=world.club.head, consultation_id=discussion.pk, unit_id=world.club.local.pk, how="noted", text=MARK,
        position=MARK,
    )  # fmt: skip


def closed_meeting(chair: Actor, club: Club, access: str) -> None:
    """Call a meeting that only this audience may know of."""
    called = convene_meeting(
        by=chair,
        body_id=club.body.pk,
        starts=CLOSED_DAY,
        ends=CLOSED_DAY,
        sittings=[(CLOSED_START, CLOSED_START + timedelta(hours=2))],
        title=f"{MARK} meeting",
        access=access,
    )
    add_item(by=chair, meeting_id=called.pk, title=f"{MARK} on the agenda", access=Access.PUBLIC)
    summon(by=chair, meeting_id=called.pk, text=f"{MARK} notice")


def some_of(found: list[Place]) -> list[Place]:
    """Return the first and last two addresses of each name, of some others of the same form; of the book every entry.

    Which pages there are is told by names: what a hundredth participation answers the first ones answer.
    """
    by_name: dict[str, list[Place]] = {}
    for place in found:
        by_name.setdefault(place.name, []).append(place)
    return [
        place
        for name, places_of in by_name.items()
        for place in (places_of if name == "journal:entry" or len(places_of) < 5 else places_of[:2] + places_of[-2:])
    ]


def client_of(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person.account)
    return client


def look(client: Client, addresses: list[str]) -> Seen:
    """Fetch every address as one reader does."""
    found = {}
    with clock_at(LATER):
        for address in addresses:
            page = client.get(address)
            content = b"".join(page) if page.streaming else page.content
            text = "" if page.headers["Content-Type"].startswith("application/pdf") else content.decode()
            found[address] = (page.status_code, TOKENS.sub("", text))
    return found


@pytest.mark.parametrize("access", [Access.PARTICIPANTS, Access.BODY])
def test_nothing_of_a_closed_part_leaves_its_audience(club: Club, apart: None, access: str) -> None:
    world = public_day(club, access)
    rebuild()
    readers = {"anonymous": None, "neighbour": world.neighbour}
    if access == Access.BODY:
        readers["observer"] = club.outsider
    clients = {name: client_of(person) for name, person in readers.items()}
    known = [place.address for place in some_of(places())] + SEARCHES
    there = {place.address for place in places()}
    before = {name: look(client, known) for name, client in clients.items()}
    assert not any(MARK in text for seen in before.values() for _status, text in seen.values())
    # Where there is nothing there is nothing at any moment: each is asked once.
    nothing: dict[str, Seen] = {name: {} for name in clients}
    for _moment in behind_closed_doors(world, access):
        rebuild()
        now = places()
        new = some_of([place for place in now if place.address not in there])
        assert len(new) > 20
        for name, client in clients.items():
            same(name, before[name], look(client, known), world)
            hidden = look(client, [place.address for place in new])
            guessed = nothing[name]
            guessed |= look(client, sorted({place.guessed for place in new} - guessed.keys()))
            for place in new:
                assert hidden[place.address][0] == guessed[place.guessed][0], (name, place)
                assert hidden[place.address][0] in {302, 404, 405}, (name, place)
    seen = look(client_of(club.members[5]), [place.address for place in some_of(now)] + SEARCHES)
    telling = {address for address, (_status, text) in seen.items() if MARK in text}
    for kind in (
        "/meetings/2/",
        "/books/",
        "/motions/",
        "/ballots/",
        "/decisions/",
        "/documents/",
        "/search/",
        "/communique/",
    ):
        assert any(kind in address for address in telling), kind
    if access == Access.PARTICIPANTS:
        assert MARK in look(client_of(club.outsider), SEARCHES)[SEARCHES[0]][1]


def same(name: str, before: Seen, after: Seen, world: World) -> None:
    """Hold that pages are letter by letter what they were, but for the two motions that a closed sitting took on."""
    gone = {f"/en/motions/{motion.pk}/" for motion in (world.revised, world.withdrawn)}
    titles = re.compile(r"A motion to (revise|withdraw)")
    for address, (status, text) in before.items():
        told, now = after[address]
        assert not re.search(f"{MARK}|19 May 2026", now), (name, address)
        if any(address.startswith(place) for place in gone) or titles.search(text):
            assert told in {status, 404}, (name, address)
            continue
        assert (told, now) == (status, text), (name, address)
