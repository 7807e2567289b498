"""The summons by mail: a reader of the books that sends each notice, and news of each change, once to each person.

Nothing is sent inside an act. The place reached in each book is kept, and who was sent what, so that a mailer that
starts again after a fault goes on where it stopped; only a mail in flight at the fault can come twice. Several
mailers share the work book by book. Addresses never reach the log.
"""

import logging
import smtplib
from dataclasses import replace
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils.translation import override

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.models import Person
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.queries import follow_to_the_end
from hemicycle.meetings.calendar import gone, invitation, invited_as, told_to
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import MailPosition, MailSent, Sitting, Summons
from hemicycle.meetings.models.mandates import MandateCall
from hemicycle.meetings.notices import CHANGES, FREED, TELLING, Notice, keys, notices_of
from hemicycle.meetings.queries import items_for, meeting_address, scope_of, sittings_for, viewer_of
from hemicycle.meetings.queries.mandates import answer_key
from hemicycle.meetings.queries.notice import called_by_mandate, concerned
from hemicycle.meetings.receipts import receipt_key

LOOK_EVERY = 2.0
# Longer than a mail server that does not answer is waited for.
HOLD = timedelta(minutes=2)
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
    """Return the books of bodies, and of units that name delegates, that hold entries past the place reached."""
    reached = MailPosition.objects.filter(number__gte=F("book__head_number")).values("book")
    naming = MandateCall.objects.values("unit__book")
    told = Book.objects.filter(Q(noun="body") | Q(pk__in=naming), head_number__gt=0)
    return list(told.exclude(pk__in=reached))


def read_on(book: Book, stop: Event) -> int:
    """Read a book to its end, keeping it from other mailers meanwhile; return how many mails were sent."""
    position, _made = MailPosition.objects.get_or_create(book=book)
    position.held_until = None
    if not hold(position):
        return 0
    sent = 0
    try:
        for entry in follow_to_the_end(book.pk, position.number):
            if entry.kind in TELLING:
                mails, all_sent = send_notices(entry, position, stop)
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


def send_notices(entry: Entry, position: MailPosition, stop: Event) -> tuple[int, bool]:
    """Send what an entry has sent to everybody who was not sent it; return how many mails, and whether that was all.

    A notice of a meeting that is over when the mailer reads it (entered later, from paper) concerns nobody any more.
    """
    sent = 0
    for notice in notices_of(entry):
        if notice.meeting.ends < now().date():
            continue
        mails, all_sent = send(notice, entry, position, stop)
        sent += mails
        if not all_sent:
            return sent, False
    return sent, True


def send(notice: Notice, entry: Entry, position: MailPosition, stop: Event) -> tuple[int, bool]:
    """Send a notice to those who were not sent it; return how many mails, and whether that was all."""
    sent_before = MailSent.objects.filter(entry=entry).values("person")
    people = list(notice.people.exclude(email="").exclude(pk__in=sent_before))
    connection: BaseEmailBackend = get_connection()
    try:
        for sent, person in enumerate(people):
            if stop.is_set() or not hold(position):
                return sent, False
            mail = letter(notice, person, entry)
            if mail is None:
                continue
            refused = not delivered(mail, connection)
            MailSent.objects.create(entry=entry, person=person, sent_at=now(), refused=refused)
    finally:
        connection.close()
    log.info("Entry %s: notice to %d people.", entry, len(people))
    return len(people), True


def letter(notice: Notice, person: Person, entry: Entry) -> EmailMessage | None:
    """Return the mail, or None where it tells of what this person may not know of.

    It has the notice as it was written, the agenda as this person may see it, where to find it, the links by which they
    say whether they come and that they received it, and the sittings for their calendar.
    """
    viewer = seen_by(notice, person)
    known = entry.access if entry.kind in CHANGES else notice.meeting.access
    if not viewer.sees(known, book=notice.meeting.body.book_id, scope=scope_of(notice.meeting)):
        return None
    with override(person.language):
        shown = shown_to(notice.summons, person, viewer) | {"news": notice.news(entry)}
        if notice.what == FREED:
            shown |= {"answer": "", "receipt": ""}
        body = render_to_string("meetings/summons.txt", shown)
        subject = notice.subject()
        files = calendar_files(notice, person, viewer, entry)
    mail = EmailMultiAlternatives(subject, body, to=[person.email])
    attach(mail, files)
    return mail


def seen_by(notice: Notice, person: Person) -> Viewer:
    """Return what the addressee of a notice may see: who is called to a meeting may see what its participants do."""
    viewer = viewer_of(person.pk, None, notice.meeting.starts)
    if not called_by_mandate(notice.meeting, person).exists():
        return viewer
    return replace(viewer, scopes=viewer.scopes | {scope_of(notice.meeting)})


def shown_to(summons: Summons, person: Person, viewer: Viewer) -> dict[str, object]:
    """Return what a summons shows to a person, by mail or as a letter."""
    meeting = summons.meeting
    house = f"{settings.HEMICYCLE_ADDRESS}/{person.language}"
    return {
        "summons": summons,
        "meeting": meeting,
        "person": person,
        "items": [] if meeting.cancelled else list(items_for(viewer, meeting)),
        "sittings": [] if meeting.cancelled else list(sittings_for(viewer, meeting)),
        "address": f"{house}{meeting_address(meeting)}",
        "answer": "" if meeting.cancelled else f"{house}/answer/{answer_key(meeting.pk, person.pk)}/",
        "receipt": f"{house}/summons/{receipt_key(summons.pk, person.pk)}/",
    }


def calendar_files(notice: Notice, person: Person, viewer: Viewer, entry: Entry) -> list[tuple[str, str, bytes]]:
    """Return name, method and content of the calendar files that go with a summons: one for each sitting to come."""
    meeting = notice.meeting
    off = notice.what == FREED and not concerned(meeting).filter(pk=person.pk).exists()
    stands = told_to(viewer, meeting, person.language)
    told = replace(
        stands,
        # Whoever is called, or is no more, has a newer word on the sittings as they stand.
        sequence=stands.sequence if notice.call else notice.summons.sequence,
        stamp=entry.recorded_at if notice.call else notice.summons.sent,
        invited=invited_as(person, meeting),
        called_off=off,
    )
    planned = [one for one in sittings_for(viewer, meeting) if not one.opened]
    dropped = list(Sitting.every.filter(pk__in=keys(entry, "sitting")).exclude(dropped=None))
    files = []
    for one in [*planned, *dropped]:
        one.meeting = meeting
        name = f"sitting-{one.planned_start.astimezone(zone_of(meeting.body)):%Y-%m-%d-%H%M}.ics"
        files.append((name, "CANCEL" if off or gone(one) else "REQUEST", invitation(one, told)))
    return files


def attach(mail: EmailMultiAlternatives, files: list[tuple[str, str, bytes]]) -> None:
    """Attach calendar files; one alone also as what a mail program shows as an invitation."""
    for name, method, content in files:
        text = content.decode()
        if len(files) == 1:
            mail.attach_alternative(text, f"text/calendar; method={method}")
        mail.attach(name, text, f"text/calendar; method={method}; name={name}")


def delivered(message: EmailMessage, connection: BaseEmailBackend) -> bool:
    """Send a mail; return False where the server refuses this one; raise where the server is away."""
    message.connection = connection
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        log.warning("A mail was refused by the server: %s.", type(error).__name__)
        return False
    return True
