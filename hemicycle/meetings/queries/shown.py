"""What a viewer may see of meetings. What they may not see does not exist."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.http import Http404

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body, Term
from hemicycle.journal.act import subject
from hemicycle.meetings.models import (
    REHEARSALS_FROM,
    AgendaItem,
    Document,
    DocumentVersion,
    Meeting,
    MeetingKind,
    MeetingMove,
    Report,
    Sitting,
)


@dataclass(frozen=True)
class Presided:
    """Who presided over a sitting for a while, and on what basis."""

    name: str
    basis: str
    source: str


@dataclass(frozen=True)
class Heard:
    """A report on an item, as the page of its meeting shows it."""

    pk: int
    title: str
    text: str
    language: str
    form: str
    heard: datetime
    reporter: str


WITH_MEETING = ("body__book", "body__unit", "term", "previous", "held_instead__body", "held_instead__term")
HEARD = {
    "report_pk": "pk",
    "report_title": "title",
    "report_text": "text",
    "report_language": "language",
    "report_form": "form",
    "report_heard": "heard",
    "report_reporter": "reporter__name",
    "report_within": "sitting__access",
    "report_access": "access",
}


def scope_of(meeting: Meeting) -> str:
    """Return a meeting's name among the scopes of a viewer."""
    return subject(meeting)


def meeting_address(meeting: Meeting) -> str:
    """Return the address of a meeting's public page, without the language."""
    return f"/bodies/{meeting.body.slug}/terms/{meeting.term.ordinal}/meetings/{meeting.ordinal}/"


def meeting_for(viewer: Viewer, pk: int | None = None, *, slug: str = "", term: int = 0, ordinal: int = 0) -> Meeting:
    """Return a meeting by its key, or by body, term and number; it knows whether it `was_moved`.

    Raises:
        Http404: there is none, or the viewer may not see it.
    """
    was_moved = Exists(MeetingMove.objects.filter(meeting=OuterRef("pk")))
    asked = Meeting.objects.select_related(*WITH_MEETING).annotate(was_moved=was_moved)
    if pk is not None:
        meeting = asked.filter(pk=pk).first()
    else:
        meeting = asked.filter(body__slug=slug, term__ordinal=term, ordinal=ordinal).first()
    if meeting is None or not viewer.sees(meeting.access, book=meeting.body.book_id, scope=scope_of(meeting)):
        raise Http404
    return meeting


def meetings_of(viewer: Viewer, body: Body) -> QuerySet[Meeting]:
    """Return the meetings of a body that a viewer may see, the latest first."""
    seen = Meeting.objects.filter(viewer.filter("body__book", "access", "pk"), body=body)
    return seen.select_related("term", "body").order_by("-starts", "-term__ordinal", "-ordinal")


def sitting_for(viewer: Viewer, pk: int) -> Sitting:
    """Return a sitting of a meeting; raise Http404 where the viewer may not see it."""
    sitting = (
        Sitting.objects.select_related("meeting__body__book", "meeting__term", "current_item").filter(pk=pk).first()
    )
    if sitting is None or not sees_part(viewer, sitting.meeting, sitting.access):
        raise Http404
    return sitting


def sittings_for(viewer: Viewer, meeting: Meeting) -> dict[Sitting, list[Presided]]:
    """Return the sittings of a meeting that a viewer may see, in order, each with who presided over it."""
    found: dict[Sitting, list[Presided]] = {}
    seen = meeting.sittings.filter(viewer.filter("meeting__body__book", "access", "meeting"))
    spells = {
        "name": F("presidings__person__name"),
        "basis": F("presidings__basis"),
        "source": F("presidings__authorized_by"),
        "known_to": F("presidings__access"),
    }
    seen = seen.select_related("suspension", "closed_part", "speaking__speaker", "speaking__group").annotate(**spells)
    for sitting in seen.order_by("ordinal", "presidings__starts", "presidings__pk"):
        told = vars(sitting)
        presided = found.setdefault(sitting, [])
        if told["name"] and sees_part(viewer, meeting, told["known_to"]):
            presided.append(Presided(told["name"], told["basis"], told["source"]))
    return found


def item_for(viewer: Viewer, pk: int) -> AgendaItem:
    """Return an item of an agenda; raise Http404 where the viewer may not see it."""
    item = AgendaItem.objects.select_related("meeting__body__book", "meeting__term").filter(pk=pk).first()
    if item is None or not sees_part(viewer, item.meeting, item.access):
        raise Http404
    return item


def sees_part(viewer: Viewer, meeting: Meeting, access: str) -> bool:
    """Say whether a viewer may see a part of a meeting with this access: both the meeting and the part."""
    book, scope = meeting.body.book_id, scope_of(meeting)
    return viewer.sees(meeting.access, book=book, scope=scope) and viewer.sees(access, book=book, scope=scope)


def items_for(viewer: Viewer, meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the items of a meeting that a viewer may see, in order."""
    seen = meeting.items.filter(viewer.filter("meeting__body__book", "access", "meeting"))
    return seen.select_related("parent").order_by("ordinal")


def items_seen(viewer: Viewer, meeting: Meeting) -> list[AgendaItem]:
    """Return the same, each in the state that the viewer may know of."""
    return [as_known(viewer, meeting, item) for item in items_for(viewer, meeting)]


def goes_on_unseen(viewer: Viewer, sitting: Sitting) -> bool:
    """Say whether a sitting goes on in private at present, and this viewer is not of its circle."""
    part = sitting.closed_part
    return part is not None and not sees_part(viewer, sitting.meeting, part.access)


def as_known(viewer: Viewer, meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Return an item, to be read only, as one to come where a sitting that is closed to the viewer dealt with it."""
    if not sees_part(viewer, meeting, item.state_access):
        item.state = AgendaItem.State.PENDING
    return item


def agenda_for(viewer: Viewer, meeting: Meeting) -> dict[AgendaItem, list[Heard]]:
    """Return the items of a meeting that a viewer may see, each with the reports on it that they may see."""
    found: dict[AgendaItem, list[Heard]] = {}
    told = {name: F(f"reports__{path}") for name, path in HEARD.items()}
    for item in items_for(viewer, meeting).annotate(**told).order_by("ordinal", "reports__heard", "reports__pk"):
        heard = found.setdefault(as_known(viewer, meeting, item), [])
        report = {name: vars(item)[name] for name in HEARD}
        audiences = [one for one in (report.pop("report_within"), report.pop("report_access")) if one]
        if report["report_pk"] and all(sees_part(viewer, meeting, one) for one in audiences):
            heard.append(Heard(**{name.removeprefix("report_"): value for name, value in report.items()}))
    return found


def reports_for(viewer: Viewer, meeting: Meeting) -> QuerySet[Report]:
    """Return the reports on items that a viewer may see, none of them from a sitting that they may not."""
    seen = Report.objects.filter(viewer.filter("item__meeting__body__book", "item__access", "item__meeting"))
    seen = seen.filter(viewer.filter("item__meeting__body__book", "access", "item__meeting"))
    closed = meeting.sittings.exclude(viewer.filter("meeting__body__book", "access", "meeting")).values("pk")
    return (
        seen.filter(item__meeting=meeting, struck=None)
        .exclude(sitting__in=closed)
        .select_related("item", "reporter")
        .order_by("item__ordinal", "heard", "pk")
    )


def documents_for(viewer: Viewer, meeting: Meeting) -> QuerySet[Document]:
    """Return the documents of a meeting that a viewer may see, in order."""
    seen = meeting.documents.filter(viewer.filter("meeting__body__book", "access", "meeting"))
    return seen.select_related("item").order_by("ordinal")


def papers_for(viewer: Viewer, meeting: Meeting) -> dict[Document, list[DocumentVersion]]:
    """Return the same with their versions, the latest first."""
    found: dict[Document, list[DocumentVersion]] = {}
    versions = DocumentVersion.objects.filter(document__in=documents_for(viewer, meeting))
    for version in versions.select_related("document").order_by("document__ordinal", "-number"):
        found.setdefault(version.document, []).append(version)
    return found


def document_for(viewer: Viewer, pk: int) -> Document:
    """Return a document; raise Http404 where the viewer may not see it."""
    document = Document.objects.select_related("meeting__body", "meeting__term").filter(pk=pk).first()
    if document is None or not sees_part(viewer, document.meeting, document.access):
        raise Http404
    return document


def document_version_for(viewer: Viewer, pk: int, number: int) -> DocumentVersion:
    """Return a version of a document; raise Http404 where the viewer may not see it."""
    version = (
        DocumentVersion.objects.select_related("document__meeting__body", "document__meeting__term")
        .filter(document=pk, number=number)
        .first()
    )
    if version is None or not sees_part(viewer, version.document.meeting, version.document.access):
        raise Http404
    return version


def current_sitting(body: Body) -> Sitting | None:
    """Return the open sitting of a body; acts see to it that there is never more than one."""
    return (
        Sitting.objects.filter(meeting__body=body, opened__isnull=False, closed=None)
        .select_related("meeting__body", "meeting__term", "current_item")
        .first()
    )


def last_meeting(body: Body) -> Meeting | None:
    """Return the latest meeting of a body, by term and number."""
    held = body.meetings.filter(rehearsal=False).exclude(kind=MeetingKind.CIRCULATION)
    return held.order_by("term__ordinal", "ordinal").last()


def next_ordinal(term: Term) -> int:
    """Return the number of a term's next meeting. Gapless where asked with the body's book locked."""
    counted = term.meetings.filter(rehearsal=False).exclude(kind=MeetingKind.CIRCULATION)
    last: int | None = counted.aggregate(last=Max("ordinal"))["last"]
    return (last or term.held_before) + 1


def next_rehearsal(term: Term) -> int:
    """Return the number of a term's next rehearsal, in a series of its own."""
    last: int | None = term.meetings.filter(rehearsal=True).aggregate(last=Max("ordinal"))["last"]
    return (last or REHEARSALS_FROM) + 1
