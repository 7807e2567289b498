"""The one act that enters a list of people: persons, the posts they are given and their accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.models import Account, Person
from hemicycle.accounts.names import sort_name
from hemicycle.bodies.acts.belonging import refuse_foreign
from hemicycle.bodies.models import Body, Membership, Post, PostKind
from hemicycle.bodies.roster import Line, Plan, plan
from hemicycle.bodies.words import Kind
from hemicycle.ground.addresses import free_slug
from hemicycle.journal.act import Act, Actor, Refused, act


@dataclass(frozen=True)
class Entered:
    """What a list came to."""

    persons: list[Person]
    posts: list[Membership]
    accounts: list[Account]


def import_people(
    *, by: Actor, body_id: int, lines: Sequence[Line], answers: Mapping[int, str], today: date
) -> Entered:
    """Enter a list of people of a body in one act: all of it, or nothing.

    `answers` says of each unclear row who it is: a person's key, or “new”. The rows are matched anew under the lock.

    Raises:
        Refused: a row is wrong by now, somebody is unclear still, or nothing in it is new.
    """
    with act(Kind.PEOPLE_IMPORTED, by=by) as entry:
        body = entry.lock(Body, body_id)
        refuse_foreign(by, body)
        for post in Post.objects.select_for_update(of=("self",)).filter(body=body).order_by("pk"):
            entry.lock(Post, post.pk)
        made_of = plan(body, lines, answers, today)
        refuse_unclean(made_of)
        persons = enter_persons(entry, made_of)
        who = {match.line.row: match.person for match in made_of.known}
        who |= dict(zip([match.line.row for match in made_of.new], persons, strict=True))
        posts = enter_posts(entry, made_of, who)
        accounts = enter_accounts(entry, made_of, who)
        entry.record(
            subjects=[body, *persons, *posts, *accounts],
            access=Access.BODY,
            facts={
                "new": len(persons),
                "known": len(made_of.known),
                "posts": len(posts),
                "accounts": len(accounts),
                "held": [
                    {"name": row.person.name, "title": row.post.title, "from": row.starts.isoformat()} for row in posts
                ],
            },
        )
    return Entered(persons, posts, accounts)


def refuse_unclean(made_of: Plan) -> None:
    """Refuse a list that is not clean, or brings nothing."""
    if made_of.faults:
        first = made_of.faults[0]
        raise Refused(
            "list_unclean",
            _("Row %(row)d, %(column)s: %(wrong)s. Nothing was entered. Look at the list again.")
            % {"row": first.row, "column": first.column, "wrong": first.wrong},
            status=422,
        )
    if made_of.unclear:
        raise Refused(
            "person_unclear",
            _("Say who %(name)s in row %(row)d is. Nothing was entered.")
            % {"name": made_of.unclear[0].line.name, "row": made_of.unclear[0].line.row},
            status=422,
        )
    if not (made_of.new or made_of.given or made_of.accounts):
        raise Refused("nothing_new", _("All of this is entered already. Nothing was entered twice."))


def enter_persons(entry: Act, made_of: Plan) -> list[Person]:
    """Write those who are new."""
    taken = set(Person.objects.values_list("slug", flat=True))
    lines = [match.line for match in made_of.new]
    rows = [
        Person(
            name=one.name,
            sort_name=one.sort_name or sort_name(one.name),
            slug=free_slug(one.name, taken),
            language=one.language or "en",
            email=one.email,
        )
        for one in lines
    ]
    return entry.create_many(Person, rows)


def enter_posts(entry: Act, made_of: Plan, who: Mapping[int, Person | None]) -> list[Membership]:
    """Write who holds which post."""
    rows = [
        Membership(
            post=given.post,
            person=who[given.line.row],
            group=given.unit,
            seat=given.line.seat,
            starts=given.starts,
            full_of_id=given.post.body_id if given.post.kind == PostKind.FULL else None,
        )
        for given in made_of.given
    ]
    return entry.create_many(Membership, rows)


def enter_accounts(entry: Act, made_of: Plan, who: Mapping[int, Person | None]) -> list[Account]:
    """Write the accounts, none of them with a password yet: invitations are made from the list of people."""
    rows = [Account(person=who[match.line.row], email=match.line.email) for match in made_of.accounts]
    for row in rows:
        row.set_unusable_password()
    return entry.create_many(Account, rows)
