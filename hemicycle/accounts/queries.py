"""Reading persons, accounts and invitations. Only a desk reads the list: it holds addresses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet
from django.http import Http404

from hemicycle.accounts.codes import as_typed, code_digest, invitation_of
from hemicycle.accounts.models import Account, Invitation, Person
from hemicycle.accounts.rights import may
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now

PEOPLE_PER_PAGE = 50


@dataclass(frozen=True)
class Listed:
    """A person in the list, with how far they are from signing in: none, open, invited, ready or closed."""

    person: Person
    account: Account | None
    state: str
    until: datetime | None


def people(actors: list[Actor], text: str = "", page: str = "1") -> Page[Any]:
    """Return a page of the persons known, to who may let people in; for anybody else there is no such list."""
    if not any(may("account.opened", actor) for actor in actors):
        raise Http404
    found = Person.objects.select_related("account").annotate(
        until=Max(
            "account__invitations__ends_at",
            filter=Q(account__invitations__used_at=None, account__invitations__ends_at__gt=now()),
        )
    )
    for word in text.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return Paginator(found.order_by("sort_name", "pk"), PEOPLE_PER_PAGE).get_page(page)


def listed(person: Person) -> Listed:
    """Return a person of that list with the state of their account."""
    account: Account | None = getattr(person, "account", None)
    until: datetime | None = getattr(person, "until", None)
    if account is None:
        state = "none"
    elif not account.is_active:
        state = "closed"
    elif account.has_usable_password():
        state = "ready"
    else:
        state = "invited" if until else "open"
    return Listed(person, account, state, until)


def invitation_behind(text: str) -> Invitation | None:
    """Return the invitation of a typed or scanned code, or of a mailed link; None where there is none."""
    found: QuerySet[Invitation] = Invitation.objects.select_related("account__person")
    if ":" in text:
        key = invitation_of(text)
        return found.filter(pk=key, by_mail=True).first() if key is not None else None
    return found.filter(code_digest=code_digest(as_typed(text)), by_mail=False).first()


def letters_to_send(before: datetime) -> QuerySet[Invitation]:
    """Return the invitations by mail whose letter nobody has taken up since a moment."""
    waiting = Invitation.objects.filter(by_mail=True, mailed_at=None, used_at=None, ends_at__gt=now())
    return waiting.filter(Q(mail_tried_at=None) | Q(mail_tried_at__lt=before), account__is_active=True).order_by("pk")
