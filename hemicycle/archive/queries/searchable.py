"""What search knows of archived meetings and of the passages of imported sources, each sort under a noun of its own."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from hemicycle.archive.addresses import meeting_address, passage_address
from hemicycle.archive.models import ArchivedMeeting, Passage, Reading
from hemicycle.archive.queries.joining import told_by_a_report
from hemicycle.search.documents import Searchable

# By what sort of passage somebody may look; all others are “passage”.
NOUNS = {
    "task": "archivedtask",
    "criticism": "criticism",
    "decision": "archiveddecision",
    "teaser": "teaser",
    "advertisement": "teaser",
}


def noun_of(sort: str) -> str:
    """Return under which noun a passage of this sort is found."""
    return NOUNS.get(sort, "passage")


def subject_of(passage: Passage) -> str:
    """Return a passage as the books name it."""
    return f"{noun_of(passage.sort)}:{passage.pk}"


def searchable_archivedmeetings(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield archived meetings with their place."""
    for meeting in ArchivedMeeting.objects.filter(told_by_a_report(), pk__in=keys).select_related("archive__body"):
        body = meeting.archive.body
        yield Searchable(
            noun="archivedmeeting",
            key=meeting.pk,
            title=f"{meeting}, {body.name}",
            text="\n".join(part for part in (body.name, meeting.place, meeting.told_day) if part),
            address=meeting_address(meeting),
            access=meeting.access,
            book=body.book_id,
            scope="",
            language=body.language,
            body=body.name,
            kind=_("archived meeting"),
            day=meeting.starts,
        )


def searchable_passages(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield passages as they are searched: repaired, while the page shows the original."""
    # Each page of which there are passages is read from the database once, and without its words.
    read = Prefetch("report__source__reading", Reading.objects.defer("text"))
    found = Passage.objects.filter(pk__in=keys, report__withdrawal=None).prefetch_related(
        "report__source", read, "report__meeting__archive__body"
    )
    labels = {
        "task": _("task in an archived report"),
        "criticism": _("criticism in an archived report"),
        "decision": _("decision in an archived report"),
        "passage": _("passage of an archived report"),
    }
    for passage in found:
        report = passage.report
        body = report.meeting.archive.body
        yield Searchable(
            noun=noun_of(passage.sort),
            key=passage.pk,
            title=report.source.reading.title or report.source.file_name,
            text=passage.repaired,
            address=passage_address(report.source_id, f"{passage.start}-{passage.end}"),
            access=report.source.access,
            book=body.book_id,
            scope="",
            language=report.source.language or report.source.reading.page.get("language", ""),
            body=body.name,
            kind=labels.get(passage.sort, _("furniture of an archived page")),
            day=report.meeting.starts,
        )
