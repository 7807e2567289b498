"""As whom a person may act, and what they may see: by the posts they hold and the meetings they take part in."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.capacities import DESK, Capacity
from hemicycle.accounts.models import Account
from hemicycle.bodies.queries import actors_by, memberships_of
from hemicycle.journal.act import Actor
from hemicycle.meetings.models import Participation, ParticipationCapacity

CAPACITY_IN = {
    ParticipationCapacity.ALTERNATE: Capacity.ALTERNATE,
    ParticipationCapacity.SEATED: Capacity.ALTERNATE,
    ParticipationCapacity.INVITED: Capacity.OBSERVER,
    ParticipationCapacity.OBSERVER: Capacity.OBSERVER,
    ParticipationCapacity.STAFF: Capacity.OBSERVER,
}
TITLE_IN = {
    ParticipationCapacity.ALTERNATE: _("alternate member"),
    ParticipationCapacity.SEATED: _("alternate member"),
    ParticipationCapacity.INVITED: _("guest"),
    ParticipationCapacity.OBSERVER: _("observer"),
    ParticipationCapacity.STAFF: _("staff"),
}


@dataclass(frozen=True)
class Standing:
    """What a person is on a day: what they may see, and as whom they may act."""

    viewer: Viewer
    actors: list[Actor]


def standings(person_id: int, day: date) -> list[Actor]:
    """Return the capacities in which a person may act on a day: by their posts, then by meetings that are not over."""
    account = Account.objects.filter(person=person_id, is_active=True).first()
    return standing_of(person_id, account, day).actors


def viewer_of(person_id: int | None, account_id: int | None, day: date) -> Viewer:
    """Return what a person may see on a day: by every post they hold, and every meeting they take or took part in.

    Who holds any post belongs to the organisation. Chair, secretary and head of a unit keep the desk of their book,
    an administrator that of the installation.
    """
    if person_id is None:
        return Viewer(account=account_id)
    account = Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None
    return standing_of(person_id, account, day).viewer


def standing_of(person_id: int, account: Account | None, day: date) -> Standing:
    """Return both in two queries: a page asks this once. `account` is the one signed in with, where there is one."""
    held = list(memberships_of(person_id, day))
    by_posts = actors_by(held, account)
    parts = list(
        Participation.objects.filter(person=person_id)
        .order_by("-sitting__meeting__starts", "-sitting", "-pk")
        .values_list(
            "capacity",
            "person__name",
            "sitting__meeting",
            "sitting__meeting__closed",
            "sitting__meeting__cancelled",
            "sitting__meeting__body__name",
            "sitting__meeting__body__book",
        )
    )
    books = {actor.book for actor in by_posts if actor.capacity != Capacity.ADMINISTRATOR}
    desks = {actor.book for actor in by_posts if actor.capacity in DESK | {Capacity.UNIT_HEAD, Capacity.ADMINISTRATOR}}
    viewer = Viewer(
        person=person_id,
        account=account.pk if account else None,
        organisation=bool(books or desks),
        bodies=frozenset(books),
        desks=frozenset(desks),
        scopes=frozenset(f"meeting:{meeting}" for _capacity, _name, meeting, *_more in parts),
    )
    known = {(actor.book, actor.capacity) for actor in by_posts}
    actors = by_posts
    for said, name, _meeting, closed, cancelled, body, book in parts:
        kind = ParticipationCapacity(said)
        capacity = CAPACITY_IN.get(kind)
        if closed or cancelled or capacity is None or (book, capacity) in known:
            continue
        known.add((book, capacity))
        actors.append(
            Actor(name, capacity, str(TITLE_IN[kind]), body, book, person_id, account.pk if account else None)
        )
    return Standing(viewer, actors)
