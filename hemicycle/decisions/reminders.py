"""Choosing how to be reminded of what is due. No acts: preferences, seen by nobody else.

The address of a calendar is signed from the key of its row, never stored; revoking the row ends it for good.
"""

from datetime import date

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.models import Account, Person
from hemicycle.decisions.models.reminders import CalendarLink, Digest
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now

SALT = "hemicycle.decisions.calendar"


def link_of(person: int | None) -> CalendarLink | None:
    """Return the calendar address that a person uses, if they made one."""
    return CalendarLink.objects.filter(person=person, revoked=None).first()


def key_of(link: CalendarLink) -> str:
    """Return the secret part of an address."""
    return signing.Signer(salt=SALT).sign_object([link.pk], compress=False)


def link_with(key: str) -> CalendarLink:
    """Return the address with this secret; raise Http404 where it is not ours, or was revoked, or nobody's any more."""
    try:
        (pk,) = signing.Signer(salt=SALT).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    active = Account.objects.filter(is_active=True).values("person")
    found = CalendarLink.objects.filter(pk=pk, revoked=None, person__in=active).select_related("person").first()
    if found is None:
        raise Http404(_("This calendar is no longer here."))
    return found


def make_link(person: int) -> CalendarLink:
    """Make a new calendar address for a person; the one before it is revoked."""
    revoke_link(person)
    try:
        with transaction.atomic():
            return CalendarLink.objects.create(person_id=person, made=now())
    except IntegrityError:
        # Another tab made one in this moment.
        return CalendarLink.objects.get(person=person, revoked=None)


def revoke_link(person: int) -> None:
    """Revoke the calendar address of a person."""
    CalendarLink.objects.filter(person=person, revoked=None).update(revoked=now())


def digest_of(person: int | None) -> Digest | None:
    """Return on which day a person wants a mail, if they do."""
    return Digest.objects.filter(person=person).first()


def choose_digest(person: int, weekday: int | None) -> None:
    """Keep the day of the week on which a person wants a mail; None for no mail. The first comes after today.

    Raises:
        Refused: no mail reaches the person.
    """
    if weekday is None:
        Digest.objects.filter(person=person).delete()
        return
    if not Person.objects.exclude(email="").filter(pk=person).exists():
        raise Refused(
            "no_address", _("No mail address is kept for you. Ask your secretary to enter one."), field="weekday"
        )
    today: date = now().date()
    Digest.objects.update_or_create(person_id=person, defaults={"weekday": weekday, "done": today, "tried": None})
