"""The federation itself, founded by acts: persons, units, bodies, rules, terms, posts and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hemicycle.accounts.acts import NewAccount, NewPerson, found_installation, open_accounts, register_persons
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
from hemicycle.bodies.models import Body, PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.bodies.rules import PRESETS
from hemicycle.demo.schedule import FOUNDED, PLACE, days_ago
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import everybody, regions, table
from hemicycle.journal.act import Actor

YEAR = timedelta(days=365)


@dataclass
class Federation:
    """What the story needs to find by name."""

    present: datetime
    administrator: Actor = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    actors: dict[tuple[str, str, int], Actor] = field(default_factory=dict)

    def acting(self, name: str, capacity: str, book: int, day: date) -> Actor:
        """Return a person acting in a capacity that a post in this book gives; nobody's posts change in the story."""
        known = (name, capacity, book)
        if known not in self.actors:
            found = actors_of(self.people[name].pk, day)
            self.actors[known] = next(actor for actor in found if (actor.capacity, actor.book) == (capacity, book))
        return self.actors[known]

    def holding(self, body: str, office: str, day: date) -> Actor:
        """Return whoever holds an office of a body, such as its chair, acting in it."""
        found = next(one for one in table("bodies")[body]["offices"] if one["kind"] == office)
        return self.acting(found["holder"], office, self.bodies[body].book_id, day)


def founding(world: Federation) -> Scene:
    """Return the scene with which everything begins: the day after the congress."""
    return Scene(days_ago(world.present, FOUNDED), lambda: found_federation(world), "The federation is founded")


def found_federation(world: Federation) -> None:
    """Set up the installation, enter the whole organisation, and open an account for everybody."""
    register_everybody(world)
    found_all_units(world)
    for name in ("congress", "council", "bureau"):
        found_one_body(world, name)
    give_offices(world)
    give_seats(world)
    open_accounts(
        by=world.administrator,
        accounts=[NewAccount(person.pk, f"{person.slug}@merrow.example") for person in world.people.values()],
    )


def register_everybody(world: Federation) -> None:
    """Found the installation and register all persons."""
    people = table("people")
    name = table("units")["federation"]["name"]
    installation = found_installation(administrator=people["administrator"], name=name, language="en", is_demo=True)
    world.administrator = Actor(
        people["administrator"], "administrator", "administrator", installation.book.title, installation.book_id
    )
    # No address on the person: nobody in the story reads mail, and none shall leave the house for them.
    made = register_persons(
        by=world.administrator,
        people=[NewPerson(one, sort_name=people["sorted"].get(one, "")) for one in everybody()],
    )
    world.people.update({person.name: person for person in made})


def found_all_units(world: Federation) -> None:
    """Enter the federation, its regions and its local co-operatives."""
    units = table("units")

    def enter(rows: Sequence[dict[str, object]], level: str, under: list[int | None]) -> None:
        made = found_units(
            by=world.administrator,
            units=[
                NewUnit(str(row["name"]), level, above, founding_day(world.present, int(str(row["years"]))))
                for row, above in zip(rows, under, strict=True)
            ],
        )
        world.units.update({unit.name: unit for unit in made})

    enter([units["federation"]], "federation", [None])
    top = world.units[units["federation"]["name"]].pk
    enter(units["region"], "region", [top] * len(units["region"]))
    locals_ = [(local, world.units[region["name"]].pk) for region in units["region"] for local in region["locals"]]
    enter([local for local, _above in locals_], "local", [above for _local, above in locals_])


def founding_day(present: datetime, years: int) -> date:
    """Return a day so many years ago, different for each number of years."""
    return present.astimezone(PLACE).date() - years * YEAR - timedelta(days=years * 7 % 90)


def found_one_body(world: Federation, name: str) -> None:
    """Found a body with its rules, its term and its seats for members."""
    facts = table("bodies")[name]
    starts = days_ago(world.present, FOUNDED).date()
    by = world.administrator
    top = world.units[table("units")["federation"]["name"]]
    body = found_body(by=by, unit_id=top.pk, name=facts["name"], kind=facts["kind"], time_zone=str(PLACE))
    adopt_rules(by=by, body_id=body.pk, preset=PRESETS[facts["preset"]], in_force_from=starts)
    begin_term(by=by, body_id=body.pk, ordinal=table("bodies")["term"], starts=starts)
    world.bodies[name] = body


def give_offices(world: Federation) -> None:
    """Create the offices of the bodies and the heads of the units, and give them to their holders."""
    starts = days_ago(world.present, FOUNDED).date()
    by, holdings = world.administrator, []
    for name, body in world.bodies.items():
        for office in table("bodies")[name]["offices"]:
            kind = PostKind(office["kind"])
            post = create_post(by=by, body_id=body.pk, kind=kind, title=office["title"])
            holdings.append(Holding(post.pk, world.people[office["holder"]].pk, starts))
    for region in table("units")["region"]:
        for unit in (region, *region["locals"]):
            title = f"Head of {unit['name']}"
            post = create_post(by=by, unit_id=world.units[unit["name"]].pk, kind=PostKind.HEAD, title=title)
            holdings.append(Holding(post.pk, world.people[unit["head"]].pk, starts))
    give_posts(by=by, holdings=holdings)


def give_seats(world: Federation) -> None:
    """Give the seats of members, alternates and auditors."""
    starts = days_ago(world.present, FOUNDED).date()
    by, bodies, people = world.administrator, table("bodies"), table("people")
    holdings = []
    for name in ("congress", "bureau"):
        facts = bodies[name]
        full = create_post(
            by=by,
            body_id=world.bodies[name].pk,
            kind=PostKind.FULL,
            title=facts["member_title"],
            seats=len(facts["members"]),
            votes=True,
        )
        holdings += [
            Holding(full.pk, world.people[one].pk, starts, seat=seat) for seat, one in enumerate(facts["members"], 1)
        ]
    council, facts = world.bodies["council"].pk, bodies["council"]
    members = [(one, region) for region in regions() for one in people["members"][region]]
    alternates = [(one, region) for region in regions() for one in people["alternates"][region]]
    auditors = people["others"]["auditors"]
    full = create_post(
        by=by, body_id=council, kind=PostKind.FULL, title=facts["member_title"], seats=len(members), votes=True
    )
    alternate = create_post(
        by=by, body_id=council, kind=PostKind.ALTERNATE, title=facts["alternate_title"], seats=len(alternates)
    )
    auditor = create_post(
        by=by, body_id=council, kind=PostKind.AUDITOR, title=facts["auditor_title"], seats=len(auditors)
    )
    holdings += [
        Holding(full.pk, world.people[one].pk, starts, seat=seat, group=world.units[region].pk)
        for seat, (one, region) in enumerate(members, 1)
    ]
    holdings += [
        Holding(alternate.pk, world.people[one].pk, starts, group=world.units[region].pk) for one, region in alternates
    ]
    holdings += [Holding(auditor.pk, world.people[one].pk, starts) for one in auditors]
    give_posts(by=by, holdings=holdings)
