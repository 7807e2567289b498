"""Reading the organisation: who holds which post on a day, in what capacities a person may act, rules in force."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.bodies.models import Body, Membership, PostKind, RulesOfProcedure, Term, Unit
from hemicycle.journal.act import Actor

CAPACITY_OF = {
    PostKind.CHAIR: Capacity.CHAIR,
    PostKind.SECRETARY: Capacity.SECRETARY,
    PostKind.FULL: Capacity.MEMBER,
    PostKind.ALTERNATE: Capacity.ALTERNATE,
    PostKind.AUDITOR: Capacity.AUDITOR,
    PostKind.PRESS: Capacity.PRESS,
    PostKind.HEAD: Capacity.UNIT_HEAD,
}
RANK = {capacity: rank for rank, capacity in enumerate(CAPACITY_OF.values())}


def held_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a spell (a membership, term or placement) runs on this day."""
    begun = Q(**{f"{prefix}starts__lte": day})
    return begun & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": day}))


def memberships_of(person: int, day: date) -> QuerySet[Membership]:
    """Return the posts that a person holds on a day."""
    return Membership.objects.filter(held_on(day), person=person).select_related("post__body", "post__unit", "person")


def actors_of(person: int, day: date) -> list[Actor]:
    """Return the capacities in which a person may act on a day, by their posts; the desk's come first."""
    account = Account.objects.filter(person=person, is_active=True).first()
    return actors_by(memberships_of(person, day), account)


def actors_by(memberships: Iterable[Membership], account: Account | None) -> list[Actor]:
    """Return the actors that these posts and this account make of their person; the desk's come first."""
    actors = [actor_by(held, account) for held in memberships]
    if account and account.is_administrator and (installation := Installation.objects.select_related("book").first()):
        title, book, person = _("administrator"), installation.book, account.person
        actors.append(Actor(person.name, Capacity.ADMINISTRATOR, title, book.title, book.pk, person.pk, account.pk))
    return sorted(actors, key=lambda actor: RANK.get(Capacity(actor.capacity), len(RANK)))


def actor_by(held: Membership, account: Account | None = None) -> Actor:
    """Return the actor that a membership makes of its person."""
    of = held.post.body or held.post.unit
    if of is None:
        raise ValueError("A post belongs to a body or a unit.")
    return Actor(
        name=held.person.name,
        capacity=CAPACITY_OF[PostKind(held.post.kind)],
        title=held.post.title,
        body=of.name,
        book=of.book_id,
        person=held.person_id,
        account=account.pk if account else None,
    )


def rules_on(body: Body, day: date) -> RulesOfProcedure:
    """Return the rules of procedure that apply to a body on a day: those in force then, or else its first."""
    rules = body.rules.filter(in_force_from__lte=day).order_by("-version").first()
    return rules or body.rules.order_by("version")[0]


def term_on(body: Body, day: date) -> Term | None:
    """Return the term that a body is in on a day."""
    return body.terms.filter(held_on(day)).first()


def holders(body: Body, day: date, *kinds: PostKind) -> QuerySet[Membership]:
    """Return who holds posts of these kinds in a body on a day, by seat and sorting name."""
    held = Membership.objects.filter(held_on(day), post__body=body, post__kind__in=kinds)
    return held.select_related("person", "post", "group").order_by("seat", "person__sort_name", "pk")


def voting_members(body: Body, day: date) -> QuerySet[Membership]:
    """Return the members with a vote on a day: the whole that quorum and absolute majorities are taken of."""
    return holders(body, day, PostKind.FULL).filter(post__votes=True)


def subtree(unit: Unit, day: date) -> set[int]:
    """Return the keys of a unit and of every unit below it on a day."""
    found, last = {unit.pk}, {unit.pk}
    while last:
        last = (
            set(
                Unit.objects.filter(held_on(day, "placements__"), placements__parent__in=last).values_list(
                    "pk", flat=True
                )
            )
            - found
        )
        found |= last
    return found


def person_named(name: str) -> Person | None:
    """Return the one person with this name, or None where there is none or more than one."""
    found = list(Person.objects.filter(name=name)[:2])
    return found[0] if len(found) == 1 else None
