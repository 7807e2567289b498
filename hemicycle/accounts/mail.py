"""Sends invitations by mail: it looks for letters that have not gone, and forms their links as they go.

A link is signed from the invitation's key, so that nothing that opens an account is ever stored. A letter is taken
up by one mailer at a time and lost by none: one that was taken up and had not gone in ten minutes is taken up again.
"""

import logging
import smtplib
import threading
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, close_old_connections
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.accounts.codes import link_token
from hemicycle.accounts.models import Installation, Invitation
from hemicycle.accounts.queries import letters_to_send
from hemicycle.journal.clock import now

AGAIN_AFTER = timedelta(minutes=10)
PAUSE = 2.0
BATCH = 100

log = logging.getLogger(__name__)


def follow_forever(stop: threading.Event) -> None:
    """Send letters as invitations are made, until the event is set."""
    while not stop.is_set():
        try:
            sent = catch_up(stop)
        except DatabaseError:
            log.warning("The database did not answer; invitations wait in it.")
            sent = 0
        finally:
            close_old_connections()
        if not sent:
            stop.wait(PAUSE)


def catch_up(stop: threading.Event | None = None) -> int:
    """Send the letters that wait, a batch at most, and return how many went."""
    waiting = list(letters_to_send(now() - AGAIN_AFTER).values_list("pk", flat=True)[:BATCH])
    sent = 0
    for invitation in waiting:
        if stop is not None and stop.is_set():
            break
        sent += taken_up(invitation) and send(invitation)
    return sent


def taken_up(invitation: int) -> bool:
    """Take a letter up before another mailer does."""
    free = Q(mail_tried_at=None) | Q(mail_tried_at__lt=now() - AGAIN_AFTER)
    return Invitation.objects.filter(free, pk=invitation, mailed_at=None).update(mail_tried_at=now()) == 1


def send(key: int) -> bool:
    """Send one letter, outside any transaction, and note that it has gone."""
    invitation = Invitation.objects.select_related("account__person").get(pk=key)
    try:
        letter(invitation).send()
    except (OSError, smtplib.SMTPException):
        log.warning("The letter of invitation %d did not go; it is tried again in ten minutes.", key)
        return False
    return Invitation.objects.filter(pk=key).update(mailed_at=now()) == 1


def letter(invitation: Invitation) -> EmailMessage:
    """Write the letter in the person's language."""
    person, installation = invitation.account.person, Installation.objects.get()
    language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        told = {
            "person": person,
            "installation": installation,
            "ends": invitation.ends_at,
            "link": settings.HEMICYCLE_ADDRESS + reverse("accounts:take_up", args=[link_token(invitation.pk)]),
        }
        subject = _("Your way into %(name)s") % {"name": installation.name}
        body = render_to_string("accounts/email/invitation.txt", told)
    return EmailMessage(" ".join(subject.split()), body, to=[invitation.account.email])
