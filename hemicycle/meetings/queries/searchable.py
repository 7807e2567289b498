"""What search knows of meetings, items, reports and documents. Of rehearsals it knows nothing."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import subject
from hemicycle.languages.queries import translated_texts
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Document, Meeting, Report
from hemicycle.meetings.queries.shown import meeting_address, scope_of
from hemicycle.search.documents import Searchable


def searchable_meetings(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield meetings with their purpose and place."""
    for meeting in Meeting.objects.filter(pk__in=keys, rehearsal=False).select_related("body", "term"):
        yield Searchable(
            noun="meeting",
            key=meeting.pk,
            title=str(meeting),
            text="\n".join(part for part in (meeting.body.name, meeting.purpose, meeting.place) if part),
            address=meeting_address(meeting),
            access=meeting.access,
            book=meeting.body.book_id,
            scope=scope_of(meeting),
            language=meeting.body.language,
            body=meeting.body.name,
            kind=_("meeting"),
            day=meeting.starts,
            term=meeting.term.ordinal,
        )


def searchable_items(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield items of agendas."""
    found = AgendaItem.objects.filter(pk__in=keys, meeting__rehearsal=False)
    items = list(found.select_related("meeting__body", "meeting__term"))
    also = translated_texts({subject(item): [item.title] for item in items})
    for item in items:
        meeting = item.meeting
        yield Searchable(
            noun="agendaitem",
            key=item.pk,
            title=item.title,
            text="\n".join(part for part in (str(meeting), item.referred_by, *also[subject(item)]) if part),
            address=f"{meeting_address(meeting)}#item-{item.pk}",
            access=narrowest(item.access, meeting.access),
            book=meeting.body.book_id,
            scope=scope_of(meeting),
            language=item.language,
            body=meeting.body.name,
            kind=_("agenda item"),
            day=meeting.starts,
            term=meeting.term.ordinal,
        )


def searchable_reports(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield reports with their text, never wider than the sitting in which they were heard."""
    for report in Report.objects.filter(pk__in=keys, struck=None, item__meeting__rehearsal=False).select_related(
        "reporter", "sitting", "item__meeting__body", "item__meeting__term"
    ):
        item, meeting = report.item, report.item.meeting
        audiences = [item.access, meeting.access, report.access, *([report.sitting.access] if report.sitting else [])]
        yield Searchable(
            noun="report",
            key=report.pk,
            title=report.title,
            text=f"{report.reporter.name}\n{item.title}\n{report.text}",
            address=f"{meeting_address(meeting)}#report-{report.pk}",
            access=narrowest(*audiences),
            book=meeting.body.book_id,
            scope=scope_of(meeting),
            language=report.language,
            body=meeting.body.name,
            kind=_("report"),
            day=report.heard.astimezone(zone_of(meeting.body)).date(),
            term=meeting.term.ordinal,
            people=((report.reporter.name, ""),),
        )


def searchable_documents(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield documents by their title and file names; what stands in the files is not read."""
    for document in (
        Document.objects.filter(pk__in=keys, meeting__rehearsal=False)
        .select_related("item", "meeting__body", "meeting__term")
        .prefetch_related("versions")
    ):
        meeting, versions = document.meeting, list(document.versions.all())
        audiences = [document.access, meeting.access, *([document.item.access] if document.item else [])]
        yield Searchable(
            noun="document",
            key=document.pk,
            title=document.title,
            text="\n".join([str(meeting), *(version.file_name for version in versions)]),
            address=f"{meeting_address(meeting)}#document-{document.pk}",
            access=narrowest(*audiences),
            book=meeting.body.book_id,
            scope=scope_of(meeting),
            language=versions[-1].language if versions else meeting.body.language,
            body=meeting.body.name,
            kind=_("document"),
            day=versions[-1].handed_out.astimezone(zone_of(meeting.body)).date() if versions else None,
            term=meeting.term.ordinal,
        )
