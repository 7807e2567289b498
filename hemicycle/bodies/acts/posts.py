"""Acts on posts: creating them, giving them to persons, and the end of a spell in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts.belonging import refuse_foreign
from hemicycle.bodies.models import Body, Membership, Post, PostKind, Unit
from hemicycle.bodies.rules import Span, most_at_once, overlap
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.journal.models import Entry


def create_post(
    *,
    by: Actor,
    kind: PostKind,
    title: str,
    body_id: int | None = None,
    unit_id: int | None = None,
    seats: int = 1,
    votes: bool = False,
) -> Post:
    """Create a seat or office of a body, or the head of a unit. Only full members' seats carry a vote.

    Raises:
        Refused: it belongs to neither or both, a vote goes with another post than a full seat, it has no title or
            the title of another post there, it has no seat, or the unit ended.
    """
    with act(Kind.POST_CREATED, by=by) as entry:
        body = entry.lock(Body, body_id) if body_id is not None else None
        unit = entry.lock(Unit, unit_id) if unit_id is not None else None
        owner = body or unit
        if owner is None or (body and unit):
            raise Refused("post_of_one", _("A post belongs to one body or to one unit."), status=422)
        if votes and kind != PostKind.FULL:
            raise Refused("vote_without_seat", _("Only a full member's seat carries a vote."), status=422)
        refuse_foreign(by, owner)
        if unit and unit.ended:
            raise Refused("unit_ended", _("%(unit)s ended; it gets no new post.") % {"unit": unit.name})
        refuse_ill_named(owner, title, seats)
        post = entry.create(Post(body=body, unit=unit, kind=kind, title=title.strip(), seats=seats, votes=votes))
        entry.record(
            subjects=[post, owner],
            access=Access.PUBLIC,
            facts={"title": post.title, "kind": kind.value, "seats": seats, "votes": votes, "of": owner.name},
        )
    return post


def refuse_ill_named(owner: Body | Unit, title: str, seats: int) -> None:
    """Refuse a post without a title, with that of another one there, or without a seat."""
    if not title.strip():
        raise Refused("no_title", _("A post needs a title."), status=422, field="title")
    if seats < 1:
        raise Refused("no_seat", _("A post has at least one seat."), status=422, field="seats")
    if owner.posts.filter(title=title.strip()).exists():
        raise Refused(
            "post_created",
            _("%(owner)s has a post “%(title)s” already.") % {"owner": owner.name, "title": title.strip()},
            field="title",
        )


def owner_of(post: Post) -> Body | Unit:
    """Return the body or the unit that a post belongs to."""
    owner = post.body or post.unit
    if owner is None:
        raise ValueError("A post belongs to a body or a unit.")
    return owner


def change_post(*, by: Actor, post_id: int, seats: int) -> Post:
    """Change how many seats a post has. Its title stays: another title is another post.

    Raises:
        Refused: it has so many already, or more are held than there would be.
    """
    with act(Kind.POST_CHANGED, by=by) as entry:
        post = entry.lock(Post, post_id)
        refuse_foreign(by, owner_of(post))
        if seats == post.seats:
            raise Refused("seats_unchanged", _("It has so many seats already."), field="seats")
        spells = [Span(one.starts, one.ends) for one in post.memberships.filter(ends=None)]
        if seats < max(most_at_once(spells), 1):
            raise Refused(
                "seats_held",
                _("%(held)d persons hold “%(title)s”. End what is held first, or leave at least as many seats.")
                % {"held": len(spells), "title": post.title},
                field="seats",
            )
        before = post.seats
        entry.update(post, seats=seats)
        entry.record(
            subjects=[post, owner_of(post)],
            access=Access.PUBLIC,
            facts={"title": post.title, "of": owner_of(post).name, "seats": seats, "before": before},
        )
    return post


@dataclass(frozen=True)
class Holding:
    """A post to give to a person from a day, until before another where that is known."""

    post: int
    person: int
    starts: date
    ends: date | None = None
    seat: int | None = None
    group: int | None = None


def give_posts(
    *, by: Actor, holdings: Sequence[Holding], decided_by: Entry | None = None, happened: Happened | None = None
) -> list[Membership]:
    """Give posts to persons: one act for however many.

    Raises:
        Refused: a post has no seat left in that time, a person holds the same post or another full seat of the body
            then, a spell ends before it starts, or the unit ended.
    """
    with act(Kind.POSTS_GIVEN, by=by, happened=happened) as entry:
        posts = {
            post.pk: post
            for post in Post.objects.select_for_update(of=("self",))
            .filter(pk__in={holding.post for holding in holdings})
            .select_related("body", "unit")
            .order_by("pk")
        }
        people = Person.objects.in_bulk({holding.person for holding in holdings})
        for post in posts.values():
            refuse_foreign(by, owner_of(post))
        refuse_ill_given(posts, people, holdings)
        made = entry.create_many(
            Membership,
            [
                Membership(
                    post=posts[holding.post],
                    person=people[holding.person],
                    group_id=holding.group,
                    seat=holding.seat,
                    starts=holding.starts,
                    ends=holding.ends,
                    full_of_id=posts[holding.post].body_id if posts[holding.post].kind == PostKind.FULL else None,
                    decided_by=decided_by,
                )
                for holding in holdings
            ],
        )
        entry.record(
            subjects=[*made, *posts.values()],
            access=Access.PUBLIC,
            facts={
                "count": len(made),
                "held": [
                    {"name": row.person.name, "title": row.post.title, "from": row.starts.isoformat()} for row in made
                ],
            },
        )
    return made


def refuse_ill_given(posts: Mapping[int, Post], people: Mapping[int, Person], holdings: Sequence[Holding]) -> None:
    """Refuse a post given twice to one person, to more persons than it has seats, or beside another full seat."""
    for holding in holdings:
        if holding.ends is not None and holding.ends < holding.starts:
            raise Refused("spell_ends_first", _("A post is held until a later day."), status=422, field="ends")
        unit = posts[holding.post].unit
        if unit and unit.ended:
            raise Refused("unit_ended", _("%(unit)s ended; nobody can hold a post in it.") % {"unit": unit.name})
    for post in posts.values():
        wanted = [holding for holding in holdings if holding.post == post.pk]
        refuse_held(post, people, wanted)
        if post.kind == PostKind.FULL:
            refuse_second_full(post, people, [one for one in holdings if posts[one.post].body_id == post.body_id])


def refuse_held(post: Post, people: Mapping[int, Person], wanted: Sequence[Holding]) -> None:
    """Refuse to give a post to who holds it in that time, or to more persons at once than it has seats."""
    held = [(one.person_id, Span(one.starts, one.ends)) for one in post.memberships.all()]
    for holding in wanted:
        span = Span(holding.starts, holding.ends)
        if any(person == holding.person and overlap(span, other) for person, other in held):
            raise Refused(
                "post_held",
                _("%(name)s is %(title)s already in that time.")
                % {"name": people[holding.person].name, "title": post.title},
                field="person",
            )
        held.append((holding.person, span))
    asked = [(Span(one.starts, one.ends)) for one in wanted]
    touched = [span for _person, span in held if any(overlap(span, other) for other in asked)]
    if most_at_once(touched) > post.seats:
        raise Refused(
            "no_seat_left",
            _("“%(title)s” has %(seats)d seats and %(held)d of them are taken.")
            % {"title": post.title, "seats": post.seats, "held": most_at_once(touched) - len(asked)},
        )


def refuse_second_full(post: Post, people: Mapping[int, Person], wanted: Sequence[Holding]) -> None:
    """Refuse a second full seat of one body to one person at the same time."""
    full = Membership.objects.filter(full_of=post.body_id, person__in=[one.person for one in wanted])
    for one in full.exclude(post=post).select_related("post"):
        for holding in wanted:
            if holding.post != post.pk or holding.person != one.person_id:
                continue
            if overlap(Span(holding.starts, holding.ends), Span(one.starts, one.ends)):
                raise Refused(
                    "full_already",
                    _("%(name)s holds a full seat already, as %(title)s. End that first.")
                    % {"name": people[holding.person].name, "title": one.post.title},
                    field="person",
                )


def end_posts(
    *,
    by: Actor,
    membership_ids: Sequence[int],
    ends: date,
    decided_by: Entry | None = None,
    happened: Happened | None = None,
) -> list[Membership]:
    """End spells in posts, from a day on: one act for however many. Who held them stays on record.

    Raises:
        Refused: nobody is named, one of them ended already, or would end before it began.
    """
    with act(Kind.POSTS_ENDED, by=by, happened=happened) as entry:
        rows = [entry.lock(Membership, key) for key in sorted(set(membership_ids))]
        if not rows:
            raise Refused("nobody_named", _("Name who leaves a post."), status=422)
        for row in rows:
            refuse_foreign(by, owner_of(row.post))
            said = {"name": row.person.name, "title": row.post.title, "day": date_format(row.starts)}
            if row.ends is not None:
                raise Refused("spell_ended", _("%(name)s is no longer %(title)s.") % said)
            if ends < row.starts:
                raise Refused(
                    "spell_ends_first",
                    _("%(name)s became %(title)s on %(day)s; that ends later.") % said,
                    status=422,
                    field="ends",
                )
            row.ends, row.ended_by = ends, decided_by
        entry.update_many(rows, ["ends", "ended_by"])
        entry.record(
            subjects=[*rows, *{row.post for row in rows}],
            access=Access.PUBLIC,
            facts={
                "count": len(rows),
                "until": ends.isoformat(),
                "held": [{"name": row.person.name, "title": row.post.title} for row in rows],
            },
        )
    return rows
