"""Acts on the organisation: units, bodies, rules of procedure, terms, posts and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.bodies.models import Body, Membership, Placement, Post, PostKind, RulesOfProcedure, Term, Unit
from hemicycle.bodies.queries.procedure import columns
from hemicycle.bodies.rules import Preset, faults_in
from hemicycle.bodies.words import Kind
from hemicycle.ground.addresses import free_slug
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.models import Entry


@dataclass(frozen=True)
class NewUnit:
    """A unit to enter, under the unit with this key (None for the whole organisation)."""

    name: str
    level: str
    under: int | None
    founded: date | None = None


def found_units(*, by: Actor, units: Sequence[NewUnit]) -> list[Unit]:
    """Enter units and where they stand, each with a book of its own. One act for however many.

    Raises:
        Refused: a name is missing, or the unit above ended.
    """
    with act(Kind.UNITS_FOUNDED, by=by) as entry:
        taken = set(Unit.objects.values_list("slug", flat=True))
        made = [found_unit(entry, unit, taken) for unit in units]
        entry.record(subjects=made, access=Access.PUBLIC, facts={"names": [unit.name for unit in made]})
    return made


def found_unit(entry: Act, new: NewUnit, taken: set[str]) -> Unit:
    """Write one unit, its book and its place."""
    if not new.name.strip():
        raise Refused("no_name", _("A unit needs a name."), status=422, field="name")
    slug = free_slug(new.name, taken)
    book = entry.open_book("unit", slug, new.name)
    unit = entry.create(Unit(book=book, slug=slug, name=new.name, level=new.level, founded=new.founded))
    if new.under is not None:
        above = entry.lock(Unit, new.under)
        if above.ended:
            raise Refused("unit_ended", _("%(unit)s ended; nothing new can stand under it.") % {"unit": above.name})
        entry.create(Placement(unit=unit, parent=above, starts=new.founded or entry.when.date()))
    return unit


def found_body(*, by: Actor, unit_id: int, name: str, kind: str, time_zone: str, language: str = "en") -> Body:
    """Enter a body that decides in a unit, with its own book."""
    with act(Kind.BODY_FOUNDED, by=by) as entry:
        unit = entry.lock(Unit, unit_id)
        if not name.strip():
            raise Refused("no_name", _("A body needs a name."), status=422, field="name")
        slug = free_slug(name, set(Body.objects.values_list("slug", flat=True)))
        book = entry.open_book("body", slug, name)
        body = entry.create(
            Body(book=book, unit=unit, slug=slug, name=name, kind=kind, time_zone=time_zone, language=language)
        )
        entry.record(subjects=[body, unit], access=Access.PUBLIC, facts={"body": name, "unit": unit.name})
    return body


def adopt_rules(*, by: Actor, body_id: int, preset: Preset, in_force_from: date) -> RulesOfProcedure:
    """Put a version of a body's rules of procedure in force from a day.

    Raises:
        Refused: another version is in force from the same or a later day, or something in them cannot hold.
    """
    with act(Kind.RULES_ADOPTED, by=by) as entry:
        for field, fault in faults_in(preset):
            raise Refused(fault, fault_in_words(fault), status=422, field=field)
        body = entry.lock(Body, body_id)
        last = body.rules.order_by("version").last()
        if last and last.in_force_from >= in_force_from:
            raise Refused(
                "rules_in_the_past",
                _("Version %(version)d is in force from %(day)s; a new version begins later.")
                % {"version": last.version, "day": last.in_force_from.isoformat()},
                status=422,
            )
        rules = entry.create(
            RulesOfProcedure(
                body=body,
                version=last.version + 1 if last else 1,
                in_force_from=in_force_from,
                **columns(preset),
            )
        )
        entry.record(
            subjects=[rules, body],
            access=Access.PUBLIC,
            facts={"version": rules.version, "from": in_force_from.isoformat(), "rules": columns(preset)},
        )
    return rules


def fault_in_words(fault: str) -> str:
    """Return what is wrong with a field of rules of procedure, and what to write."""
    return {
        "no_fraction": _("A share is a fraction from 0 to 1: write for example 1 and 2 for a half."),
        "more_than_all": _("Nobody can reach more than all. Ask for at least all, or for less."),
        "below_half": _("A majority is at least a half. With less, a question could carry and fail at once."),
        "nobody_presides": _("Say on what basis somebody presides: by office, authorization, election or seniority."),
        "named_twice": _("Something stands here twice. Each basis, motion and rank stands here once."),
        "nobody_demands": _("Say how many members can demand a meeting: at least one."),
    }[fault]


def begin_term(
    *, by: Actor, body_id: int, ordinal: int, starts: date, ends: date | None = None, held_before: int = 0
) -> Term:
    """Begin a term of a body. Terms of a body do not overlap; an open one ends where the next begins.

    A body that comes to keep its book here in the middle of a term says how many meetings of it were held before,
    so that the next has its right number.

    Raises:
        Refused: it reaches into another term, or fewer than no meeting was held before.
    """
    with act(Kind.TERM_BEGUN, by=by) as entry:
        body = entry.lock(Body, body_id)
        last = body.terms.order_by("ordinal").last()
        if last and (ordinal <= last.ordinal or starts <= last.starts or (last.ends and starts < last.ends)):
            raise Refused(
                "terms_overlap",
                _("Term %(ordinal)d of %(body)s reaches into this one.") % {"ordinal": last.ordinal, "body": body.name},
                status=422,
            )
        if held_before < 0:
            raise Refused(
                "held_before_negative",
                _("The meetings held before are counted from 0."),
                status=422,
                field="held_before",
            )
        if last and last.ends is None:
            entry.update(last, ends=starts)
        term = entry.create(Term(body=body, ordinal=ordinal, starts=starts, ends=ends, held_before=held_before))
        entry.record(
            subjects=[term, body],
            access=Access.PUBLIC,
            facts={
                "ordinal": ordinal,
                "starts": starts.isoformat(),
                "ends": ends.isoformat() if ends else None,
                "held_before": held_before,
            },
        )
    return term


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
    """Create a seat or office of a body, or the head of a unit. Only full members' seats carry a vote."""
    with act(Kind.POST_CREATED, by=by) as entry:
        body = entry.lock(Body, body_id) if body_id is not None else None
        unit = entry.lock(Unit, unit_id) if unit_id is not None else None
        owner = body or unit
        if owner is None or (body and unit):
            raise Refused("post_of_one", _("A post belongs to one body or to one unit."), status=422)
        if votes and kind != PostKind.FULL:
            raise Refused("vote_without_seat", _("Only a full member's seat carries a vote."), status=422)
        post = entry.create(Post(body=body, unit=unit, kind=kind, title=title, seats=seats, votes=votes))
        entry.record(
            subjects=[post, owner],
            access=Access.PUBLIC,
            facts={"title": title, "kind": kind.value, "seats": seats, "votes": votes, "of": owner.name},
        )
    return post


@dataclass(frozen=True)
class Holding:
    """A post to give to a person from a day."""

    post: int
    person: int
    starts: date
    seat: int | None = None
    group: int | None = None


def give_posts(
    *, by: Actor, holdings: Sequence[Holding], decided_by: Entry | None = None, happened: Happened | None = None
) -> list[Membership]:
    """Give posts to persons: one act for however many.

    Raises:
        Refused: a post has no seat left, or a person holds the same post already.
    """
    from hemicycle.accounts.models import Person

    with act(Kind.POSTS_GIVEN, by=by, happened=happened) as entry:
        posts = {
            post.pk: post
            for post in Post.objects.select_for_update(of=("self",))
            .filter(pk__in={holding.post for holding in holdings})
            .order_by("pk")
        }
        people = Person.objects.in_bulk({holding.person for holding in holdings})
        refuse_overfull(posts, holdings)
        made = entry.create_many(
            Membership,
            [
                Membership(
                    post=posts[holding.post],
                    person=people[holding.person],
                    group_id=holding.group,
                    seat=holding.seat,
                    starts=holding.starts,
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


def refuse_overfull(posts: dict[int, Post], holdings: Sequence[Holding]) -> None:
    """Refuse to give a post twice to one person, or to more persons than it has seats."""
    for post in posts.values():
        held = list(post.memberships.filter(ends=None).values_list("person", flat=True))
        wanted = [holding.person for holding in holdings if holding.post == post.pk]
        if len(set(held) | set(wanted)) < len(held) + len(wanted):
            raise Refused("post_held", _("One of these persons is %(title)s already.") % {"title": post.title})
        if len(held) + len(wanted) > post.seats:
            raise Refused(
                "no_seat_left",
                _("“%(title)s” has %(seats)d seats and %(held)d of them are taken.")
                % {"title": post.title, "seats": post.seats, "held": len(held)},
            )
