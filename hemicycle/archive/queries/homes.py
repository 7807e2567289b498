"""Whose a source is, in which book its acts stand, and who may see what was taken from it."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.archive.models import Archive, ArchivedReport, Source
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Book

INSTALLATION = "installation"


def book_of(home: Book) -> int:
    """Return the book in which acts on sources of this home stand: of a body, its archive's.

    Raises:
        Refused: the body has no archive yet.
    """
    if home.noun == INSTALLATION:
        return home.pk
    archive = Archive.objects.filter(body__book=home).first()
    if archive is None:
        raise Refused("no_archive", _("The archive of this body is not open yet. Open it first."))
    return archive.book_id


def standing_reports() -> QuerySet[ArchivedReport]:
    """Return the reports whose import was not withdrawn."""
    return ArchivedReport.objects.filter(withdrawal=None)


def imported(**where: object) -> Exists:
    """Return the condition that a source stands in the record, in reports of which this holds too."""
    return Exists(standing_reports().filter(source=OuterRef("pk"), **where))


def seen_sources(viewer: Viewer) -> Q:
    """Return the condition that a viewer may see a source: where it is kept, or where it was imported to."""
    there = standing_reports().filter(
        viewer.filter("meeting__archive__body__book", "source__access"), source=OuterRef("pk")
    )
    return viewer.filter("home") | Q(Exists(there))


def sources_for(viewer: Viewer) -> QuerySet[Source]:
    """Return the sources that a viewer may see, the latest first."""
    return with_reading(Source.objects.filter(seen_sources(viewer))).order_by("-pk")


def with_reading(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Return sources with their home, their reading and what of them stands in the record."""
    imports = ArchivedReport.objects.select_related("withdrawal", "meeting__archive__body").order_by("turn")
    return sources.select_related("home", "reading").prefetch_related(Prefetch("imports", imports))


def source_for(viewer: Viewer, pk: int) -> Source:
    """Return a source that this viewer may see; raise Http404 otherwise."""
    found = sources_for(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
