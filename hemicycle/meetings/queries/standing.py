"""As whom a person may act, and what they may see: by the posts they hold and the meetings they take part in."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.capacities import DESK, Capacity
from hemicycle.accounts.models import Account, Installation
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import CAPACITY_OF, actors_of, memberships_of
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


def standings(person_id: int, day: date) -> list[Actor]:
    """Return the capacities in which a person may act on a day: by their posts, then by meetings that are not over."""
    actors = actors_of(person_id, day)
    known = {(actor.book, actor.capacity) for actor in actors}
    taking_part = Participation.objects.filter(
        person=person_id,
        capacity__in=list(CAPACITY_IN),
        sitting__meeting__closed=None,
        sitting__meeting__cancelled=None,
    ).select_related("person__account", "sitting__meeting__body")
    for row in taking_part.order_by("-sitting__meeting__starts", "-sitting"):
        kind, body = ParticipationCapacity(row.capacity), row.sitting.meeting.body
        if row.person is None or (body.book_id, CAPACITY_IN[kind]) in known:
            continue
        known.add((body.book_id, CAPACITY_IN[kind]))
        account = getattr(row.person, "account", None)
        actors.append(
            Actor(
                name=row.person.name,
                capacity=CAPACITY_IN[kind],
                title=str(TITLE_IN[kind]),
                body=body.name,
                book=body.book_id,
                person=person_id,
                account=account.pk if account and account.is_active else None,
            )
        )
    return actors


def viewer_of(person_id: int | None, account_id: int | None, day: date) -> Viewer:
    """Return what a person may see on a day: by every post they hold, and every meeting they take or took part in.

    Who holds any post belongs to the organisation. Chair, secretary and head of a unit keep the desk of their book,
    an administrator that of the installation.
    """
    if person_id is None:
        return Viewer(account=account_id)
    posts = [membership.post for membership in memberships_of(person_id, day)]
    held = [(post, post.body or post.unit) for post in posts]
    books = {of.book_id for _post, of in held if of is not None}
    keeps = DESK | {Capacity.UNIT_HEAD}
    desks = {of.book_id for post, of in held if of is not None and CAPACITY_OF[PostKind(post.kind)] in keeps}
    if account_id and Account.objects.filter(pk=account_id, is_active=True, is_administrator=True).exists():
        desks.update(Installation.objects.values_list("book", flat=True))
    meetings = Participation.objects.filter(person=person_id).values_list("sitting__meeting", flat=True).distinct()
    return Viewer(
        person=person_id,
        account=account_id,
        organisation=bool(books or desks),
        bodies=frozenset(books),
        desks=frozenset(desks),
        scopes=frozenset(f"meeting:{key}" for key in meetings),
    )
