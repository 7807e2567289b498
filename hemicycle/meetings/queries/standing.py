"""As whom a person may act, and what they may see: by the posts they hold and the meetings they take part in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.capacities import DESK, Capacity
from hemicycle.accounts.models import Account, Person
from hemicycle.bodies.queries import actors_by
from hemicycle.journal.act import Actor
from hemicycle.meetings.models import Participation, ParticipationCapacity

CAPACITY_IN = {
    ParticipationCapacity.MEMBER: Capacity.MEMBER,
    ParticipationCapacity.ALTERNATE: Capacity.ALTERNATE,
    ParticipationCapacity.SEATED: Capacity.ALTERNATE,
    ParticipationCapacity.INVITED: Capacity.OBSERVER,
    ParticipationCapacity.OBSERVER: Capacity.OBSERVER,
    ParticipationCapacity.STAFF: Capacity.OBSERVER,
}
TITLE_IN = {
    ParticipationCapacity.MEMBER: gettext_lazy("delegate"),
    ParticipationCapacity.ALTERNATE: gettext_lazy("alternate member"),
    ParticipationCapacity.SEATED: gettext_lazy("alternate member"),
    ParticipationCapacity.INVITED: gettext_lazy("guest"),
    ParticipationCapacity.OBSERVER: gettext_lazy("observer"),
    ParticipationCapacity.STAFF: gettext_lazy("staff"),
}
# Asked for every page of whoever is signed in: what is not needed is not read.
TAKING_PART = (
    "sitting__meeting_id",
    "capacity",
    "sitting__meeting__body__name",
    "sitting__meeting__body__book_id",
    "sitting__meeting__closed",
    "sitting__meeting__cancelled",
)
KEEPS_THE_DESK = DESK | {Capacity.UNIT_HEAD, Capacity.ADMINISTRATOR}


@dataclass(frozen=True)
class Standing:
    """What a person may see, and the capacities in which they may act, the desk's first."""

    viewer: Viewer
    actors: list[Actor]
    person: Person | None = None


def standing_of(person: Person, account: Account | None, day: date | None = None) -> Standing:
    """Return how a person stands on a day, or today: by each post they hold and each meeting they take or took part in.

    Who holds any post belongs to the organisation. Chair, secretary and head of a unit keep the desk of their book,
    an administrator that of the installation. A meeting gives a capacity until it is closed, and sight of it for good.
    """
    account = account if account and account.is_active else None
    actors = actors_by(person, account, day)
    books = frozenset(actor.book for actor in actors if actor.capacity != Capacity.ADMINISTRATOR)
    taking_part = list(
        Participation.objects.filter(person=person)
        .order_by("-sitting__meeting__starts", "-sitting__meeting_id", "-sitting__ordinal")
        .values_list(*TAKING_PART)
    )
    actors += by_taking_part(person, account, taking_part, {(actor.book, actor.capacity) for actor in actors})
    desks = frozenset(actor.book for actor in actors if actor.capacity in KEEPS_THE_DESK)
    viewer = Viewer(
        person=person.pk,
        account=account.pk if account else None,
        organisation=bool(books or desks),
        bodies=books,
        desks=desks,
        scopes=frozenset(f"meeting:{meeting}" for meeting, *_rest in taking_part),
    )
    return Standing(viewer, actors, person)


def by_taking_part(
    person: Person, account: Account | None, rows: list[tuple[Any, ...]], known: set[tuple[int, str]], only: str = ""
) -> list[Actor]:
    """Return the capacities that meetings give which are not over, one of a kind in each book."""
    actors = []
    for _meeting, kind, body, book, closed, cancelled in rows:
        capacity = CAPACITY_IN.get(ParticipationCapacity(kind))
        if capacity is None or closed or cancelled or (book, capacity) in known:
            continue
        known.add((book, capacity))
        title, key = str(TITLE_IN[ParticipationCapacity(kind)]), account.pk if account else None
        actors.append(Actor(person.name, capacity, title, body, book, person.pk, key, only=only))
    return actors


def standings(person_id: int, day: date | None = None) -> list[Actor]:
    """Return as whom a person may act on a day, or today: by posts, and by meetings that are not over."""
    person = Person.objects.select_related("account").get(pk=person_id)
    return standing_of(person, getattr(person, "account", None), day).actors


def viewer_of(person_id: int | None, account_id: int | None, day: date | None = None) -> Viewer:
    """Return what a person may see on a day, or today; without a person, what the public may."""
    if person_id is None:
        return Viewer(account=account_id)
    person = Person.objects.select_related("account").get(pk=person_id)
    account = getattr(person, "account", None) if account_id is not None else None
    return standing_of(person, account, day).viewer
