"""The mail about what waits: on the day of the week that a person chose, in their language, and never an empty one.

A digest is taken up by one mailer at a time and lost by none: one that was taken up and had not gone in ten minutes is
taken up again. A day that passed while no mailer ran is made up for. Neither addresses nor contents reach the log.
"""

import logging
import smtplib
import threading
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, close_old_connections
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.decisions.models.reminders import Digest
from hemicycle.decisions.queries.due import Digested, digested
from hemicycle.journal.clock import now
from hemicycle.meetings.queries import viewer_of

LOOK_EVERY = 60.0
AGAIN_AFTER = timedelta(minutes=10)
# By universal time: early on a working day in most places, and not in the night of the day before.
FROM_HOUR = 5
BATCH = 200
log = logging.getLogger("hemicycle.digest")


def follow_forever(stop: threading.Event) -> None:
    """Send digests on their days until the event is set."""
    while not stop.is_set():
        try:
            catch_up(stop)
        except DatabaseError:
            log.warning("The database did not answer; digests wait in it.")
        finally:
            close_old_connections()
        stop.wait(LOOK_EVERY)


def catch_up(stop: threading.Event | None = None) -> int:
    """Send the digests whose day has come, and return how many mails went."""
    sent = 0
    for key, weekday in list(waiting().values_list("pk", "weekday")[:BATCH]):
        if stop is not None and stop.is_set():
            break
        sent += taken_up(key) and send(key, last_of(weekday, today()))
    return sent


def waiting() -> QuerySet[Digest]:
    """Return the digests whose last day was not dealt with yet, and that no mailer has just taken up."""
    due = Q(pk__in=[])
    for weekday in range(7):
        due |= Q(weekday=weekday, done__lt=last_of(weekday, today()))
    active = Account.objects.filter(is_active=True).values("person")
    return Digest.objects.filter(due, free(), person__in=active).exclude(person__email="").order_by("pk")


def today() -> date:
    """Return the day whose mails have begun to go."""
    return (now() - timedelta(hours=FROM_HOUR)).date()


def free() -> Q:
    """Return the condition that no mailer has a digest in hand."""
    return Q(tried=None) | Q(tried__lt=now() - AGAIN_AFTER)


def last_of(weekday: int, day: date) -> date:
    """Return the last such day of the week, a day itself included."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def taken_up(key: int) -> bool:
    """Take a digest up before another mailer does."""
    return Digest.objects.filter(free(), pk=key).update(tried=now()) == 1


def send(key: int, day: date) -> bool:
    """Send one digest, outside any transaction, and note that its day was dealt with; an empty one is not sent."""
    digest = Digest.objects.select_related("person").get(pk=key)
    found = digested(viewer_of(digest.person_id, None))
    if found:
        try:
            letter(digest.person, found).send()
        except (OSError, smtplib.SMTPException) as error:
            log.warning("Digest %d did not go (%s); it is tried again in ten minutes.", key, type(error).__name__)
            return False
    Digest.objects.filter(pk=key).update(done=day, tried=None)
    return bool(found)


def letter(person: Person, found: Digested) -> EmailMessage:
    """Write the mail in the person's language."""
    language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        settled = settings.HEMICYCLE_ADDRESS + reverse("decisions:reminders")
        installation = Installation.objects.get()
        told = {
            "person": person,
            "found": found,
            "lists": [
                (_("Overdue"), found.overdue),
                (_("Asked back"), found.asked_back),
                (_("To receive"), found.to_receive),
                (_("Due within seven days"), found.soon),
                (_("Under way"), found.to_report),
            ],
            "house": settings.HEMICYCLE_ADDRESS,
            "reminders": settled,
        }
        body = render_to_string("decisions/digest.txt", told)
        subject = _("What waits for you in %(name)s") % {"name": installation.name}
    headers = {"List-Unsubscribe": f"<{settled}>"}
    return EmailMessage(" ".join(subject.split()), body, to=[person.email], headers=headers)
