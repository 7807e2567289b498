"""Who holds what in a body or unit on a day, for those who may see the names; and the decisions that can give it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from hemicycle.accounts.access import Access, Viewer
from hemicycle.bodies.models import Body, Membership, Post, Unit
from hemicycle.journal.models import Entry

DECISIONS_OFFERED = 30


@dataclass(frozen=True)
class Held:
    """A post, and who holds it on a day; where the names are not for the viewer, only how many do."""

    post: Post
    spells: list[Membership] = field(default_factory=list)
    count: int = 0


def sees_holders(viewer: Viewer, owner: Body | Unit) -> bool:
    """Say whether a viewer may see who holds the seats: those of the organisation. Who holds an office is public."""
    return viewer.sees(Access.ORGANISATION, book=owner.book_id)


def posts_held(viewer: Viewer, owner: Body | Unit, day: date) -> list[Held]:
    """Return the posts of a body or unit with who holds them on a day."""
    running = Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day))
    named = sees_holders(viewer, owner)
    spells: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(running, post__in=owner.posts.all()).select_related("person", "group", "post")
    for one in rows.order_by(F("seat").asc(nulls_last=True), "person__sort_name", "pk"):
        spells.setdefault(one.post_id, []).append(one)
    return [
        Held(post, spells.get(post.pk, []) if named or is_office(post) else [], len(spells.get(post.pk, [])))
        for post in owner.posts.order_by("pk")
    ]


def is_office(post: Post) -> bool:
    """Say whether a post is an office, whose holder is named to everyone."""
    return post.kind not in {"full", "alternate"}


def spells_to_come(viewer: Viewer, owner: Body | Unit, day: date) -> QuerySet[Membership]:
    """Return the spells that begin after a day, for those who may see the names."""
    if not sees_holders(viewer, owner):
        return Membership.objects.none()
    later = Membership.objects.filter(post__in=owner.posts.all(), starts__gt=day)
    return later.select_related("person", "post").order_by("starts", "pk")


def post_by_key(key: int) -> Post:
    """Return a post; raise Http404 where there is none. That a post exists is public."""
    post = Post.objects.select_related("body", "unit").filter(pk=key).first()
    if post is None:
        raise Http404
    return post


def membership_for(viewer: Viewer, key: int) -> Membership:
    """Return a spell in a post, for those who may see who holds it; raise Http404 otherwise."""
    row = Membership.objects.select_related("post__body", "post__unit", "person").filter(pk=key).first()
    if row is None:
        raise Http404
    owner = row.post.body or row.post.unit
    if owner is None or not (sees_holders(viewer, owner) or is_office(row.post)):
        raise Http404
    return row


def decisions_of(owner: Body | Unit) -> Iterable[Entry]:
    """Return the latest decisions in the book of a body, by which posts are given and ended."""
    return Entry.objects.filter(book=owner.book_id, kind="decision.certified").order_by("-number")[:DECISIONS_OFFERED]


def decision_in(owner: Body | Unit, key: int | None) -> Entry | None:
    """Return one of these decisions."""
    return Entry.objects.filter(book=owner.book_id, pk=key).first() if key is not None else None
