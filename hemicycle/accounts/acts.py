"""Acts on persons, accounts and the installation itself. Contact data never enters facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.accounts.words import Kind
from hemicycle.journal.act import Actor, Refused, act
from hemicycle.journal.models import Book


@dataclass(frozen=True)
class NewPerson:
    """A person to register. `sort_name` is how the name is sorted; without it, family name last is assumed."""

    name: str
    sort_name: str = ""
    email: str = ""
    language: str = "en"


def found_installation(*, administrator: str, name: str, language: str, is_demo: bool = False) -> Installation:
    """Set up this installation: the first entry of its own book, by its first administrator.

    Raises:
        Refused: it was set up already.
    """
    book, _made = Book.objects.get_or_create(
        noun="installation", slug="installation", defaults={"title": _("The installation")}
    )
    by = Actor(administrator, Capacity.ADMINISTRATOR, _("administrator"), book.title, book.pk)
    with act(Kind.INSTALLATION_FOUNDED, by=by) as entry:
        if Installation.objects.exists():
            raise Refused("already_founded", _("This installation was set up already."))
        installation = entry.create(
            Installation(pk=1, book=book, name=name, language=language, is_demo=is_demo, founded=entry.when)
        )
        entry.record(subjects=[installation], access=Access.ORGANISATION, facts={"name": name, "language": language})
    return installation


def register_persons(*, by: Actor, people: Sequence[NewPerson]) -> list[Person]:
    """Enter persons; none of them needs an account. Their names stand in the rows, not in the facts."""
    with act(Kind.PERSONS_REGISTERED, by=by) as entry:
        if not people or not all(person.name.strip() for person in people):
            raise Refused("no_name", _("A person needs a name."), status=422, field="name")
        taken = set(Person.objects.values_list("slug", flat=True))
        rows = [
            Person(
                name=person.name.strip(),
                sort_name=person.sort_name or sort_name(person.name),
                slug=free_slug(person.name, taken),
                language=person.language,
                email=person.email,
            )
            for person in people
        ]
        made = entry.create_many(Person, rows)
        entry.record(subjects=made, access=Access.DESK, facts={"count": len(made)})
    return made


def open_account(*, by: Actor, person_id: int, email: str, is_administrator: bool = False) -> Account:
    """Open the account with which a person will sign in; it has no usable password until one is set.

    Raises:
        Refused: the person has an account, or the address belongs to another.
    """
    with act(Kind.ACCOUNT_OPENED, by=by) as entry:
        person = entry.lock(Person, person_id)
        if Account.objects.filter(person=person).exists():
            raise Refused("has_account", _("%(name)s has an account already.") % {"name": person.name})
        if Account.objects.filter(email__iexact=email).exists():
            raise Refused("address_taken", _("This address belongs to another account."), status=422, field="email")
        account = Account(person=person, email=email, is_administrator=is_administrator)
        account.set_unusable_password()
        entry.create(account)
        entry.record(
            subjects=[account, person],
            access=Access.DESK,
            facts={"name": person.name, "administrator": is_administrator},
        )
    return account


def sort_name(name: str) -> str:
    """Return the key by which a name is sorted: the last word first, in small letters, marks left as they are."""
    words = name.split()
    return " ".join([*words[-1:], *words[:-1]]).casefold()


def free_slug(name: str, taken: set[str]) -> str:
    """Return an address part for a name that no other thing has, and remember it as taken."""
    stem = slugify(name)[:60] or "name"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug
