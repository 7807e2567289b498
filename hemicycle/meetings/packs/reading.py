"""The reading pack: one PDF of the agenda and of every document that its reader may see, with bookmarks."""

import base64
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from hemicycle.journal.clock import now
from hemicycle.meetings.models import AgendaItem, Document, DocumentVersion, Meeting
from hemicycle.meetings.packs.marked import laid_out
from hemicycle.meetings.packs.sheets import sheet
from hemicycle.meetings.queries import items_for, meeting_address, meeting_for, papers_for, sittings_for, viewer_of
from hemicycle.meetings.queries.notice import late_among
from hemicycle.meetings.queries.papers import refused_among

# Side by side, A4 becomes A3.
LARGER = 2**0.5
# What a damaged PDF raises on the way through pypdf, which promises nothing narrower.
DAMAGED = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError,
    NotImplementedError, zlib.error, OSError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A document in the pack: under which item it stands, its latest version, and whether it came late."""

    item: AgendaItem | None
    document: Document
    version: DocumentVersion
    late: bool


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write the reading pack of a meeting for a person: `meeting`, `person`, and whether it is in `large` print."""
    viewer = viewer_of(arguments["person"], None)
    meeting = meeting_for(viewer, arguments["meeting"])
    large = bool(arguments["large"])
    items = list(items_for(viewer, meeting))
    papers = in_order(meeting, items, papers_for(viewer, meeting))
    progress(0, len(papers) + 1)
    writer = PdfWriter()
    shown = {
        "meeting": meeting,
        "items": items,
        "papers": papers,
        "sittings": list(sittings_for(viewer, meeting)),
        "as_of": now(),
        "address": address_of(meeting),
        "lang": get_language(),
    }
    writer.append(io.BytesIO(sheet("reading", shown, large=large)), import_outline=False)
    writer.add_outline_item(title=_("Agenda and documents"), page_number=0)
    above: dict[int | None, Any] = {}
    for done, paper in enumerate(papers, 1):
        first = len(writer.pages)
        writer.append(io.BytesIO(pages_of(paper, meeting, large=large)), import_outline=False)
        key = paper.item.pk if paper.item else None
        if key not in above:
            heading = f"{paper.item.called} {paper.item}" if paper.item else _("For the meeting as a whole")
            above[key] = writer.add_outline_item(title=heading, page_number=first)
        writer.add_outline_item(title=paper.document.title, page_number=first, parent=above[key])
        progress(done, len(papers) + 1)
    writer.add_metadata({"/Title": str(meeting), "/Producer": "Hemicycle"})
    writer.page_mode = "/UseOutlines"
    writer.write(out)
    progress(len(papers) + 1, len(papers) + 1)


def in_order(meeting: Meeting, items: list[AgendaItem], papers: dict[Document, list[DocumentVersion]]) -> list[Paper]:
    """Return the latest version of each document, those for the whole meeting first, then by the agenda.

    A version that the meeting refused is left out; so the one before it, where there is one, stands.
    """
    versions = [version for some in papers.values() for version in some]
    refused, late = refused_among(versions), late_among(meeting, versions)
    by_key = {item.pk: item for item in items}
    found = []
    for document, some in papers.items():
        version = next((one for one in some if one.pk not in refused), None)
        if version:
            item = by_key.get(document.item_id) if document.item_id else None
            found.append(Paper(item, document, version, version.pk in late))
    return sorted(found, key=lambda one: (one.item.ordinal if one.item else 0, one.document.ordinal))


def pages_of(paper: Paper, meeting: Meeting, *, large: bool) -> bytes:
    """Return a document as PDF; of one that cannot be joined, a sheet that says where to find it."""
    kind = paper.version.media_type
    shown: dict[str, object] = {"paper": paper, "meeting": meeting, "lang": paper.version.language}
    try:
        with paper.version.file.open("rb") as file:
            content = file.read()
    except OSError:
        return instead_of(paper, meeting, _("The file could not be read."), large=large)
    if kind == "application/pdf":
        try:
            return rewritten(content, large=large)
        except DAMAGED:
            return instead_of(paper, meeting, _("The file is protected or damaged, and cannot be joined."), large=large)
    if kind in {"text/plain", "text/markdown"}:
        text = content.decode("utf-8", "replace")
        marked = laid_out(text, paper.document.title) if kind == "text/markdown" else ""
        return sheet("text", {**shown, "text": text, "marked": marked}, large=large)
    if kind in {"image/png", "image/jpeg"}:
        data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        return sheet("picture", {**shown, "data": data}, large=large, pictures=True)
    return instead_of(paper, meeting, _("Only its own program shows this kind of file as it is meant."), large=large)


def rewritten(content: bytes, *, large: bool) -> bytes:
    """Return the pages of a PDF, enlarged where that is asked for, without whatever else it carries."""
    writer = PdfWriter()
    for page in pages_in(content):
        added = writer.add_page(page)
        if large:
            added.scale_by(LARGER)
    if not len(writer.pages):
        raise ValueError("A PDF without pages.")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pages_in(content: bytes) -> Iterator[PageObject]:
    """Yield the pages of a PDF; one that asks for a password has none."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("A PDF that asks for a password.")
    yield from reader.pages


def instead_of(paper: Paper, meeting: Meeting, because: str, *, large: bool) -> bytes:
    """Return the sheet that stands for a document that cannot be joined."""
    shown = {"paper": paper, "because": because, "address": address_of(meeting), "lang": get_language()}
    return sheet("instead", shown, large=large)


def address_of(meeting: Meeting) -> str:
    """Return where a meeting's page is."""
    return f"{settings.HEMICYCLE_ADDRESS}/{get_language()}{meeting_address(meeting)}"
