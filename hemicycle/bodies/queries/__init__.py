"""Reading the organisation: who holds which post on a day, in what capacities a person may act, rules in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.bodies.day import today_at, today_in
from hemicycle.bodies.models import Body, Membership, Placement, PostKind, Term, Unit
from hemicycle.bodies.queries.naming import names_offered, person_named
from hemicycle.bodies.queries.procedure import (
    certifies_alone,
    majority_on,
    procedural_motions,
    procedure,
    rules_known_on,
    rules_on,
    rules_versions,
)
from hemicycle.ground.among import Among
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now

__all__ = [
    "CAPACITY_OF",
    "RANK",
    "Composition",
    "above",
    "actors_by",
    "actors_of",
    "below",
    "bodies_by_unit",
    "body_named",
    "certifies_alone",
    "composition",
    "heads",
    "held_on",
    "holders",
    "majority_on",
    "names_offered",
    "person_named",
    "posts_held",
    "procedural_motions",
    "procedure",
    "rules_known_on",
    "rules_on",
    "rules_versions",
    "subtree",
    "term_on",
    "unit_named",
    "voting_members",
]

CAPACITY_OF = {
    PostKind.CHAIR: Capacity.CHAIR,
    PostKind.SECRETARY: Capacity.SECRETARY,
    PostKind.FULL: Capacity.MEMBER,
    PostKind.ALTERNATE: Capacity.ALTERNATE,
    PostKind.AUDITOR: Capacity.AUDITOR,
    PostKind.PRESS: Capacity.PRESS,
    PostKind.HEAD: Capacity.UNIT_HEAD,
}
# No place is further from universal time than this.
A_DAY = timedelta(days=1)
RANK = {capacity: rank for rank, capacity in enumerate(CAPACITY_OF.values())}


def held_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a spell (a membership, term or placement) runs on this day."""
    begun = Q(**{f"{prefix}starts__lte": day})
    return begun & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": day}))


def posts_held(person: int, day: date | None = None) -> list[tuple[str, str, str, int]]:
    """Return kind and title of the posts that a person holds on a day, with the name and book of their body or unit.

    Without a day it is today, which may be another day at another body's place. Asked for every page of whoever is
    signed in: what is not needed is not read.
    """
    of, book = (Coalesce(f"post__body__{name}", f"post__unit__{name}") for name in ("name", "book_id"))
    about = day or now().date()
    near = Q(starts__lte=about + A_DAY) & (Q(ends=None) | Q(ends__gt=about - A_DAY))
    rows = Membership.objects.filter(near, person=person).values_list(
        "post__kind", "post__title", of, book, "starts", "ends", "post__body__time_zone"
    )
    return [
        (kind, title, name, key)
        for kind, title, name, key, starts, ends, zone in rows
        if starts <= (here := day or today_at(zone)) and (ends is None or ends > here)
    ]


def actors_of(person: int, day: date | None = None) -> list[Actor]:
    """Return the capacities in which a person may act on a day, or today, by their posts; the desk's come first."""
    account = Account.objects.filter(person=person, is_active=True).first()
    return actors_by(Person.objects.get(pk=person), account, day)


def actors_by(person: Person, account: Account | None, day: date | None = None) -> list[Actor]:
    """Return the actors that a person's posts and account make of them on a day, or today; the desk's come first."""
    key = account.pk if account else None
    actors = [
        Actor(person.name, CAPACITY_OF[PostKind(kind)], title, of, book, person.pk, key)
        for kind, title, of, book in posts_held(person.pk, day)
    ]
    if account and account.is_administrator and (installation := Installation.objects.select_related("book").first()):
        title, book = _("administrator"), installation.book
        actors.append(Actor(person.name, Capacity.ADMINISTRATOR, title, book.title, book.pk, person.pk, key))
    return sorted(actors, key=lambda actor: RANK.get(Capacity(actor.capacity), len(RANK)))


def term_on(body: Body, day: date) -> Term | None:
    """Return the term that a body is in on a day."""
    return body.terms.filter(held_on(day)).first()


def holders(body: Body, day: date, *kinds: PostKind) -> QuerySet[Membership]:
    """Return who holds posts of these kinds in a body on a day, by seat and sorting name."""
    held = Membership.objects.filter(held_on(day), post__body=body, post__kind__in=kinds)
    return held.select_related("person", "post", "group").order_by(
        F("seat").asc(nulls_last=True), "person__sort_name", "pk"
    )


def voting_members(body: Body, day: date) -> QuerySet[Membership]:
    """Return the members with a vote on a day: the whole that quorum and absolute majorities are taken of."""
    return holders(body, day, PostKind.FULL).filter(post__votes=True)


def subtree(unit: Unit, day: date) -> set[int]:
    """Return the keys of a unit and of every unit below it on a day."""
    found, last = {unit.pk}, {unit.pk}
    while last:
        placed = Placement.objects.filter(held_on(day), Among("parent", last))
        last = set(placed.values_list("unit", flat=True)) - found
        found |= last
    return found


def body_named(slug: str) -> Body:
    """Return the body at an address; raise Http404 where there is none. That a body exists is public."""
    body = Body.objects.select_related("book", "unit").filter(slug=slug).first()
    if body is None:
        raise Http404
    return body


def body_in_term(slug: str, day: date | None) -> tuple[Body, date, Term | None]:
    """Return the body at an address, the day that is asked for or today at its place, and the term it is in then.

    Raises:
        Http404: there is no such body.
    """
    about = day or now().date()
    near = Q(terms__starts__lte=about + A_DAY) & (Q(terms__ends=None) | Q(terms__ends__gt=about - A_DAY))
    related = ("book", "unit", "near")
    # Where one term ends and the next begins, the body comes with each of the two.
    bodies = Body.objects.annotate(near=FilteredRelation("terms", condition=near)).select_related(*related)
    found = list(bodies.filter(slug=slug))
    if not found:
        raise Http404
    here = day or today_in(found[0])
    terms: list[Term | None] = [getattr(body, "near", None) for body in found]
    return found[0], here, next((one for one in terms if one and runs_on(one, here)), None)


def runs_on(spell: Term | Membership | Placement, day: date) -> bool:
    """Say whether a spell runs on this day."""
    return spell.starts <= day and (spell.ends is None or spell.ends > day)


def unit_named(slug: str) -> Unit:
    """Return the unit at an address; raise Http404 where there is none. That a unit exists is public."""
    unit = Unit.objects.select_related("book", "successor").filter(slug=slug).first()
    if unit is None:
        raise Http404
    return unit


def bodies_by_unit() -> QuerySet[Body]:
    """Return all bodies with their units, in the order in which they were founded."""
    return Body.objects.select_related("unit").order_by("unit", "pk")


def above(unit: Unit, day: date) -> list[Unit]:
    """Return the units above a unit on a day, the whole organisation first."""
    found: list[Unit] = []
    asked: Unit | None = unit
    while asked is not None:
        placed = Placement.objects.filter(held_on(day), unit=asked).select_related("parent").first()
        asked = placed.parent if placed and placed.parent not in found else None
        if asked is not None:
            found.insert(0, asked)
    return found


def right_below(top: Unit, units: Iterable[Unit], day: date) -> dict[int, Unit]:
    """Return for each of these units, by key, the one right below the top under which it stands on a day.

    One that does not stand under the top is given the highest above it; what stands nowhere stands for itself.
    """
    starting = [unit.pk for unit in units]
    parents = parents_on_the_way(starting, top, day)
    highest: dict[int, int] = {}
    for key in starting:
        here, seen = key, {key}
        while (parent := parents.get(here)) is not None and parent != top.pk and parent not in seen:
            seen.add(parent)
            here = parent
        highest[key] = here
    found = Unit.objects.in_bulk(set(highest.values()))
    return {key: found[here] for key, here in highest.items()}


def parents_on_the_way(units: Iterable[int], top: Unit, day: date) -> dict[int, int | None]:
    """Return under which unit each of these stands on a day, and each of those in turn, up to the top.

    Asked level by level, so that it costs what stands between, not what stands in the whole organisation.
    """
    found: dict[int, int | None] = {}
    asked = set(units)
    while asked:
        level = dict(Placement.objects.filter(held_on(day), Among("unit", asked)).values_list("unit", "parent"))
        found |= level
        asked = {key for key in level.values() if key is not None and key != top.pk} - found.keys()
    return found


def below(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return the units directly below a unit on a day."""
    placed = Placement.objects.filter(held_on(day), parent=unit).values("unit")
    return Unit.objects.filter(pk__in=placed).exclude(ended__lte=day).order_by("pk")


def heads(unit: Unit, day: date) -> QuerySet[Membership]:
    """Return who heads a unit on a day."""
    held = Membership.objects.filter(held_on(day), post__unit=unit, post__kind=PostKind.HEAD)
    return held.select_related("person", "post").order_by("pk")


@dataclass(frozen=True)
class Composition:
    """Who holds the offices of a body on a day, and how many of its members' seats are held."""

    officers: list[tuple[str, str]]
    seats: list[tuple[str, int, int]]


def composition(body: Body, day: date) -> Composition:
    """Return who holds the offices of a body on a day, and how many of its seats are held."""
    current = FilteredRelation("memberships", condition=held_on(day, "memberships__"))
    rows = body.posts.annotate(current=current).order_by("pk", "current__pk")
    officers: list[tuple[str, str]] = []
    seats: dict[int, tuple[str, int, int]] = {}
    for key, kind, title, number, name in rows.values_list("pk", "kind", "title", "seats", "current__person__name"):
        if kind in {PostKind.FULL, PostKind.ALTERNATE}:
            held = seats[key][2] if key in seats else 0
            seats[key] = (title, number, held + (name is not None))
        elif name is not None:
            officers.append((title, name))
    return Composition(officers, list(seats.values()))
