"""Whom notice of a meeting concerns, who was sent it and who received it, and how long it has to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.journal.act import subject
from hemicycle.meetings import rules
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import DocumentVersion, MailSent, Meeting, MeetingKind, Participation, Receipt, Summons
from hemicycle.meetings.models.mandates import AlternateCall, Mandate

ENTITLED_TO_NOTICE = (PostKind.FULL, PostKind.ALTERNATE, PostKind.CHAIR, PostKind.SECRETARY, PostKind.AUDITOR)


def notice_asked(meeting: Meeting) -> int:
    """Return the clear days of notice that the rules ask for a meeting of its kind."""
    in_force = rules_on(meeting.body, meeting.starts)
    if meeting.kind == MeetingKind.EXTRAORDINARY and in_force.notice_days_extraordinary is not None:
        return in_force.notice_days_extraordinary
    return in_force.notice_days


def concerned(meeting: Meeting) -> QuerySet[Person]:
    """Return whom notice of a meeting concerns: members, officers, those accredited, and those called by a mandate."""
    held = holders(meeting.body, meeting.starts, *ENTITLED_TO_NOTICE).order_by().values("person")
    accredited = Participation.objects.filter(sitting__meeting=meeting, person__isnull=False).values("person")
    either = Q(pk__in=held) | Q(pk__in=accredited) | Q(pk__in=called_by_mandate(meeting).values("pk"))
    return Person.objects.filter(either).order_by("pk")


def called_by_mandate(meeting: Meeting, person: Person | None = None) -> QuerySet[Person]:
    """Return the delegates whom units named, and the alternates who are called for somebody; or one of them."""
    delegates = Mandate.objects.filter(call__meeting=meeting).values("person")
    called = AlternateCall.objects.filter(meeting=meeting, withdrawn=None).values("alternate")
    found = Person.objects.filter(Q(pk__in=delegates) | Q(pk__in=called))
    return found if person is None else found.filter(pk=person.pk)


def without_mail(meeting: Meeting) -> QuerySet[Person]:
    """Return those of them who have no address for mail: a letter goes to them."""
    return concerned(meeting).filter(email="")


@dataclass(frozen=True)
class Told:
    """A person whom a summons concerns: how it reaches them, when it was sent, whether and how they received it."""

    person: Person
    by_letter: bool
    sent: datetime | None
    refused: bool
    received: datetime | None
    channel: str


def told_of(summons: Summons) -> list[Told]:
    """Return whom a summons concerns by sorting name, each with what is known of its way."""
    sent = {
        row.person_id: row for row in MailSent.objects.filter(entry__concerns__name=subject(summons)).order_by("pk")
    }
    receipts = {row.person_id: row for row in Receipt.objects.filter(summons=summons)}
    found = []
    for person in concerned(summons.meeting).order_by("sort_name", "pk"):
        mail, receipt = sent.get(person.pk), receipts.get(person.pk)
        found.append(
            Told(
                person,
                by_letter=not person.email,
                sent=mail.sent_at if mail else None,
                refused=bool(mail and mail.refused),
                received=receipt.received if receipt else None,
                channel=receipt.channel if receipt else "",
            )
        )
    return found


def documents_due(meeting: Meeting) -> int:
    """Return how many clear days before a meeting its documents are to be handed out; 0 where the rules ask none."""
    return rules_on(meeting.body, meeting.starts).documents_days


def late_among(meeting: Meeting, versions: Iterable[DocumentVersion]) -> set[int]:
    """Return the keys of the versions that were handed out too late by the rules."""
    due, zone = documents_due(meeting), zone_of(meeting.body)
    if not due:
        return set()
    return {
        version.pk
        for version in versions
        if rules.clear_days(version.handed_out.astimezone(zone).date(), meeting.starts) < due
    }
