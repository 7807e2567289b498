"""Acts on persons, accounts and the installation itself. Contact data never enters facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.codes import Slip, code_digest, new_code
from hemicycle.accounts.models import Account, Installation, Invitation, Person
from hemicycle.accounts.names import sort_name
from hemicycle.accounts.words import Kind
from hemicycle.ground.addresses import free_slug
from hemicycle.journal.act import Actor, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.journal.models import Book

INVITATION_LASTS = timedelta(days=14)


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
        entry.update(book, title=book.title)  # The book was there before its first act; this entry covers it.
        entry.record(subjects=[installation], access=Access.ORGANISATION, facts={"name": name, "language": language})
    return installation


def register_persons(*, by: Actor, people: Sequence[NewPerson], with_accounts: bool = False) -> list[Person]:
    """Enter persons; none of them needs an account. Their names stand in the rows, not in the facts.

    With accounts, each who has an address gets one, without a password yet.

    Raises:
        Refused: a name is missing, or an account's address is given twice or another account's.
    """
    with act(Kind.PERSONS_REGISTERED, by=by) as entry:
        if not people or not all(person.name.strip() for person in people):
            raise Refused("no_name", _("A person needs a name."), status=422, field="name")
        addresses = [person.email.strip().lower() for person in people if with_accounts and person.email.strip()]
        if len(set(addresses)) < len(addresses) or Account.objects.filter(email__in=addresses).exists():
            raise Refused("address_taken", _("This address belongs to another account."), status=422, field="email")
        taken = set(Person.objects.values_list("slug", flat=True))
        rows = [
            Person(
                name=person.name.strip(),
                sort_name=person.sort_name or sort_name(person.name),
                slug=free_slug(person.name, taken),
                language=person.language,
                email=person.email.strip(),
            )
            for person in people
        ]
        made = entry.create_many(Person, rows)
        accounts = [Account(person=one, email=one.email.strip().lower()) for one in made if with_accounts and one.email]
        for account in accounts:
            account.set_unusable_password()
        opened = entry.create_many(Account, accounts) if accounts else []
        entry.record(subjects=[*made, *opened], access=Access.DESK, facts={"count": len(made), "accounts": len(opened)})
    return made


def open_account(*, by: Actor, person_id: int, email: str, is_administrator: bool = False) -> Account:
    """Open the account with which a person will sign in; it has no usable password until one is set.

    Raises:
        Refused: the person has an account, or the address belongs to another.
    """
    email = email.strip().lower()
    with act(Kind.ACCOUNT_OPENED, by=by) as entry:
        refuse_making_administrators(by, [is_administrator])
        if not email:
            raise Refused("no_address", _("An account needs an e-mail address."), status=422, field="email")
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


@dataclass(frozen=True)
class NewAccount:
    """An account to open for a person."""

    person: int
    email: str


def open_accounts(*, by: Actor, accounts: Sequence[NewAccount]) -> list[Account]:
    """Open accounts for many persons in one act, none of them an administrator's and none with a password yet.

    Raises:
        Refused: an address is missing, given twice or another account's, or a person has an account already.
    """
    with act(Kind.ACCOUNTS_OPENED, by=by) as entry:
        addresses = [new.email.strip().lower() for new in accounts]
        if not accounts or not all(addresses):
            raise Refused("no_address", _("An account needs an e-mail address."), status=422, field="email")
        people = {
            person.pk: person
            for person in Person.objects.select_for_update(of=("self",))
            .filter(pk__in={new.person for new in accounts})
            .order_by("pk")
        }
        held = Account.objects.filter(person__in=people).select_related("person").first()
        if held or len(people) < len(accounts):
            name = held.person.name if held else _("One of these persons")
            raise Refused("has_account", _("%(name)s has an account already.") % {"name": name})
        if len(set(addresses)) < len(addresses) or Account.objects.filter(email__in=addresses).exists():
            raise Refused("address_taken", _("One of these addresses belongs to another account."), status=422)
        rows = [Account(person=people[new.person], email=email) for new, email in zip(accounts, addresses, strict=True)]
        for row in rows:
            row.set_unusable_password()
        made = entry.create_many(Account, rows)
        entry.record(
            subjects=[*made, *people.values()],
            access=Access.DESK,
            facts={"names": [account.person.name for account in made]},
        )
    return made


def close_account(*, by: Actor, account_id: int) -> Account:
    """Close an account: nobody signs in with it, and whoever is signed in is so no longer.

    Raises:
        Refused: it is closed already, it is the actor's own, or nobody could administer the installation any more.
    """
    with act(Kind.ACCOUNT_CLOSED, by=by) as entry:
        account = entry.lock(Account, account_id)
        if not account.is_active:
            raise Refused("account_closed", _("This account is closed already."))
        if by.account == account.pk:
            raise Refused(
                "own_account", _("This is the account you are signed in with. Another administrator closes it.")
            )
        others = Account.objects.filter(is_active=True, is_administrator=True).exclude(pk=account.pk)
        if account.is_administrator and not others.exists():
            raise Refused("last_administrator", _("This is the last administrator's account; it stays open."))
        # Without a password every session of the account ends, also after it is opened again.
        account.set_unusable_password()
        entry.update(account, is_active=False, password=account.password)
        entry.record(subjects=[account, account.person], access=Access.DESK, facts={"name": account.person.name})
    return account


def reopen_account(*, by: Actor, account_id: int) -> Account:
    """Open a closed account again. Its person needs a new invitation, since closing took the password away."""
    with act(Kind.ACCOUNT_REOPENED, by=by) as entry:
        account = entry.lock(Account, account_id)
        if account.is_active:
            raise Refused("account_open", _("This account is open already."))
        entry.update(account, is_active=True)
        entry.record(subjects=[account, account.person], access=Access.DESK, facts={"name": account.person.name})
    return account


def make_invitations(*, by: Actor, account_ids: Sequence[int], by_mail: bool, anew: bool = False) -> list[Slip]:
    """Invite persons to sign in, by mail or by the slips returned: their codes are told once and never again.

    An invitation opens only an account without a password, and a newer one replaces those before it. `anew` takes
    a forgotten password away first, which only an administrator may do.

    Raises:
        Refused: nobody was named, an account is closed or has a password, or has no address to write to.
    """
    with act(Kind.INVITATIONS_MADE, by=by) as entry:
        accounts = list(
            Account.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(pk__in=account_ids)
            .order_by("pk")
        )
        refuse_inviting(by, accounts, account_ids, anew=anew)
        standing = Invitation.objects.select_for_update(of=("self",)).filter(
            account__in=accounts, used_at=None, ends_at__gt=entry.when
        )
        replaced = list(standing.order_by("pk"))
        for invitation in replaced:
            invitation.ends_at = entry.when
        entry.update_many(replaced, ["ends_at"])
        for account in accounts:
            if account.has_usable_password():
                account.set_unusable_password()
                entry.update(account, password=account.password)
        ends, codes = entry.when + INVITATION_LASTS, [new_code() for _account in accounts]
        made = entry.create_many(
            Invitation,
            [
                Invitation(
                    account=account, code_digest=code_digest(code), made_at=entry.when, ends_at=ends, by_mail=by_mail
                )
                for account, code in zip(accounts, codes, strict=True)
            ],
        )
        entry.record(
            subjects=[*made, *accounts],
            access=Access.DESK,
            facts={"names": [account.person.name for account in accounts], "by_mail": by_mail, "ends": timestamp(ends)},
        )
    if by_mail:
        return []
    return [Slip(account.person.name, code, ends) for account, code in zip(accounts, codes, strict=True)]


def take_invitation(*, invitation_id: int, hashed: str) -> Account:
    """Take up an invitation: its account gets the password, given hashed already. The house itself records it.

    Hashing takes 50 ms and more, so it is done before the book is locked.

    Raises:
        Refused: the invitation was used, replaced or has ended, or the account needs none.
    """
    with act(Kind.INVITATION_TAKEN, by=the_house()) as entry:
        invitation = entry.lock(Invitation, invitation_id)
        account = entry.lock(Account, invitation.account_id)
        refuse_stale(invitation, account, entry.when)
        entry.update(invitation, used_at=entry.when)
        entry.update(account, password=hashed)
        entry.record(
            subjects=[invitation, account, account.person],
            access=Access.DESK,
            facts={"name": account.person.name, "by_mail": invitation.by_mail},
        )
    return account


def refuse_making_administrators(by: Actor, administrators: Sequence[bool]) -> None:
    """Refuse a secretary who would make or invite an administrator: nobody gives more than they have."""
    if any(administrators) and by.capacity != Capacity.ADMINISTRATOR:
        raise Refused("no_right", _("Only an administrator lets another administrator in."), status=403)


def refuse_inviting(by: Actor, accounts: Sequence[Account], wanted: Sequence[int], *, anew: bool) -> None:
    """Refuse invitations to accounts that are unknown, closed, or have a password already."""
    if not accounts or len(accounts) != len(set(wanted)):
        raise Refused("nobody_invited", _("Choose the persons to invite. Nobody was invited yet."), status=422)
    refuse_making_administrators(by, [account.is_administrator for account in accounts])
    closed = next((account for account in accounts if not account.is_active), None)
    if closed:
        raise Refused("account_closed", _("The account of %(name)s is closed.") % {"name": closed.person.name})
    settled = next((account for account in accounts if account.has_usable_password()), None)
    if settled and not anew:
        raise Refused(
            "has_password",
            _("%(name)s has a password already. A forgotten one is replaced on the sign-in page.")
            % {"name": settled.person.name},
        )
    if settled and by.capacity != Capacity.ADMINISTRATOR:
        raise Refused("no_right", _("Only an administrator takes a password away."), status=403)


def refuse_stale(invitation: Invitation, account: Account, moment: datetime) -> None:
    """Refuse an invitation that no longer opens its account, saying which of the reasons it is."""
    if invitation.used_at:
        raise Refused("invitation_used", _("This invitation was used already. Sign in with the password set then."))
    if invitation.ends_at <= moment:
        raise Refused(
            "invitation_ended",
            _("This invitation has ended, or a newer one replaced it. Ask the desk for a new one; it takes a minute."),
        )
    if not account.is_active:
        raise Refused("account_closed", _("This account is closed. Ask the desk."))
    if account.has_usable_password():
        raise Refused("has_password", _("This account has a password already. Sign in with it, or replace it there."))


def the_house() -> Actor:
    """Return the system itself as an actor, in the installation's book."""
    book = Book.objects.get(noun="installation")
    return Actor(_("Hemicycle"), Capacity.HOUSE, _("the system"), book.title, book.pk)
