"""The summons by mail: a reader of the books that sends each notice once to each person it concerns.

Nothing is sent inside an act. The place reached in each book is kept, and who was sent what, so that a mailer that
starts again after a fault goes on where it stopped; only a mail in flight at the fault can come twice. Several
mailers share the work book by book. Addresses never reach the log.
"""

import logging
import smtplib
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.queries import follow_to_the_end
from hemicycle.meetings.models import MailPosition, MailSent, Meeting, Summons
from hemicycle.meetings.queries import items_for, meeting_address, sittings_for, viewer_of
from hemicycle.meetings.words import Kind

LOOK_EVERY = 2.0
# Longer than a mail server that does not answer is waited for.
HOLD = timedelta(minutes=2)
ENTITLED_TO_NOTICE = (PostKind.FULL, PostKind.ALTERNATE, PostKind.CHAIR, PostKind.SECRETARY, PostKind.AUDITOR)
log = logging.getLogger("hemicycle.mail")


def follow_forever(stop: Event) -> None:
    """Send what is to be sent, and look again every two seconds, until told to stop."""
    while not stop.is_set():
        catch_up(stop)
        stop.wait(LOOK_EVERY)


def catch_up(stop: Event | None = None) -> int:
    """Send every notice that the books hold past the place reached; return how many mails were sent."""
    stop = stop or Event()
    return sum(read_on(book, stop) for book in books_that_grew())


def books_that_grew() -> list[Book]:
    """Return the books of bodies that hold entries past the place reached."""
    reached = MailPosition.objects.filter(number__gte=F("book__head_number")).values("book")
    return list(Book.objects.filter(noun="body", head_number__gt=0).exclude(pk__in=reached))


def read_on(book: Book, stop: Event) -> int:
    """Read a book to its end, keeping it from other mailers meanwhile; return how many mails were sent."""
    position, _made = MailPosition.objects.get_or_create(book=book)
    position.held_until = None
    if not hold(position):
        return 0
    sent = 0
    try:
        for entry in follow_to_the_end(book.pk, position.number):
            if entry.kind == Kind.MEETING_SUMMONED:
                mails, all_sent = send_summons(entry, position, stop)
                sent += mails
                if not all_sent:
                    break
            position.number = entry.number
    finally:
        held = MailPosition.objects.filter(pk=position.pk, held_until=position.held_until)
        held.update(number=position.number, held_until=None)
    return sent


def hold(position: MailPosition) -> bool:
    """Keep a book to this mailer for a while longer, or return False where another has it."""
    free = Q(held_until=position.held_until) | Q(held_until=None) | Q(held_until__lt=now())
    held_until = now() + HOLD
    if not MailPosition.objects.filter(free, pk=position.pk).update(held_until=held_until):
        return False
    position.refresh_from_db(fields=["number", "held_until"])
    return True


def send_summons(entry: Entry, position: MailPosition, stop: Event) -> tuple[int, bool]:
    """Send one notice to everybody it concerns who was not sent it; return how many mails, and whether that was all.

    A notice of a meeting that is over when the mailer reads it (entered later, from paper) concerns nobody any more.
    """
    summons = summons_of(entry)
    if summons is None or summons.meeting.ends < now().date():
        return 0, True
    sent_before = MailSent.objects.filter(entry=entry).values("person")
    people = list(whom_it_concerns(summons.meeting).exclude(pk__in=sent_before))
    connection: BaseEmailBackend = get_connection()
    try:
        for sent, person in enumerate(people):
            if stop.is_set() or not hold(position):
                return sent, False
            refused = not delivered(letter(summons, person), connection)
            MailSent.objects.create(entry=entry, person=person, sent_at=now(), refused=refused)
    finally:
        connection.close()
    log.info("Entry %s: notice to %d people.", entry, len(people))
    return len(people), True


def summons_of(entry: Entry) -> Summons | None:
    """Return the summons that an entry tells of."""
    keys = [name.partition(":")[2] for name in entry.subjects if name.startswith("summons:")]
    return Summons.objects.select_related("meeting__body", "meeting__term").filter(pk__in=keys).first()


def whom_it_concerns(meeting: Meeting) -> QuerySet[Person]:
    """Return who has notice of a meeting by mail: members, officers, those accredited; all who have an address."""
    held = holders(meeting.body, meeting.starts, *ENTITLED_TO_NOTICE).order_by().values("person")
    concerned = Q(pk__in=held) | Q(participations__sitting__meeting=meeting)
    return Person.objects.filter(concerned).exclude(email="").distinct().order_by("pk")


def letter(summons: Summons, person: Person) -> EmailMessage:
    """Return the mail: the notice as it was written, the agenda as this person may see it, and where to find it."""
    meeting = summons.meeting
    viewer = viewer_of(person.pk, None, meeting.starts)
    with override(person.language):
        body = render_to_string(
            "meetings/summons.txt",
            {
                "summons": summons,
                "meeting": meeting,
                "person": person,
                "items": list(items_for(viewer, meeting)),
                "sittings": list(sittings_for(viewer, meeting)),
                "address": f"{settings.HEMICYCLE_ADDRESS}/{person.language}{meeting_address(meeting)}",
            },
        )
        title = (
            _("%(body)s: notice of %(meeting)s") if summons.sequence == 1 else _("%(body)s: new notice of %(meeting)s")
        )
        said = title % {"body": meeting.body.name, "meeting": str(meeting)}
    return EmailMessage(" ".join(said.split()), body, to=[person.email])


def delivered(message: EmailMessage, connection: BaseEmailBackend) -> bool:
    """Send a mail; return False where the server refuses this one; raise where the server is away."""
    message.connection = connection
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        log.warning("A mail was refused by the server: %s.", type(error).__name__)
        return False
    return True
