"""The smallest world that the tests stand on: a club of nine, founded by acts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hemicycle.accounts.acts import NewPerson, found_installation, open_account, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import (
    Holding,
    NewUnit,
    adopt_rules,
    begin_term,
    create_post,
    found_body,
    found_units,
    give_posts,
)
from hemicycle.bodies.models import Body, Post, PostKind, Term, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.bodies.rules import PRESETS
from hemicycle.journal.act import Actor

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Club:
    """A club of nine: a chair and a secretary who are members too, seven members, an alternate, and a local unit."""

    administrator: Actor
    chair: Actor
    secretary: Actor
    members: list[Person]
    alternate: Person
    outsider: Person
    head: Actor
    unit: Unit
    local: Unit
    body: Body
    term: Term
    full: Post


def found_club() -> Club:
    """Found the club: its body's full members are `members`, of whom the first is chair, the second secretary."""
    start = date(2026, 1, 1)
    installation = found_installation(administrator="Ada Admin", name="The Club", language="en")
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    names = [
        f"{first} {last}"
        for first, last in zip(
            ("Ann", "Ben", "Cleo", "Dov", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim"),
            ("Adler", "Bloom", "Costa", "Dahl", "Egger", "Fink", "Grau", "Holm", "Iding", "Jonas", "Kern"),
            strict=True,
        )
    ]
    people = register_persons(
        by=by, people=[NewPerson(name, email=f"{name.split()[0].lower()}@club.example") for name in names]
    )
    (whole,) = found_units(by=by, units=[NewUnit("The Club", "whole", None)])
    (local,) = found_units(by=by, units=[NewUnit("Harbour", "local", whole.pk)])
    body = found_body(
        by=by, unit_id=whole.pk, name="General Meeting", kind="general meeting", time_zone="Europe/Berlin"
    )
    adopt_rules(by=by, body_id=body.pk, preset=PRESETS["association"], in_force_from=start)
    term = begin_term(by=by, body_id=body.pk, ordinal=1, starts=start)
    full = create_post(by=by, body_id=body.pk, kind=PostKind.FULL, title="member", seats=9, votes=True)
    alternate = create_post(by=by, body_id=body.pk, kind=PostKind.ALTERNATE, title="alternate member", seats=3)
    chair = create_post(by=by, body_id=body.pk, kind=PostKind.CHAIR, title="President")
    secretary = create_post(by=by, body_id=body.pk, kind=PostKind.SECRETARY, title="Secretary")
    press = create_post(by=by, body_id=body.pk, kind=PostKind.PRESS, title="Press officer")
    head = create_post(by=by, unit_id=local.pk, kind=PostKind.HEAD, title="Head of Harbour")
    give_posts(
        by=by,
        holdings=[
            *(Holding(full.pk, person.pk, start, seat=seat) for seat, person in enumerate(people[:9], 1)),
            Holding(alternate.pk, people[9].pk, start),
            Holding(chair.pk, people[0].pk, start),
            Holding(secretary.pk, people[1].pk, start),
            Holding(press.pk, people[1].pk, start),
            Holding(head.pk, people[2].pk, start),
        ],
    )
    for person in people:
        open_account(by=by, person_id=person.pk, email=person.email)
    return Club(
        administrator=by,
        chair=acting(people[0], "chair"),
        secretary=acting(people[1], "secretary"),
        members=people[:9],
        alternate=people[9],
        outsider=people[10],
        head=acting(people[2], "head of unit"),
        unit=whole,
        local=local,
        body=body,
        term=term,
        full=full,
    )


def acting(person: Person, capacity: str) -> Actor:
    """Return a person acting in a capacity that a post of theirs gives."""
    return next(actor for actor in actors_of(person.pk, MONDAY.date()) if actor.capacity == capacity)
