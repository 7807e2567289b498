"""Word documents laid out; their size is bounded before they are opened."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from hemicycle.reader.blocks import BLOCKS_AT_MOST, READ_AT_MOST, Draft, Laid, flatten
from hemicycle.reader.decoding import DOCX
from hemicycle.reader.shape import Label, Span, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROTTEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,  # So is what it has not learned to unpack.
    OSError,
    EOFError,
    ValueError,
)
PARTS_AT_MOST = 5_000
TEXT_AT_MOST = 24_000_000  # Bytes of XML in one part; a thousand-page book has fewer.
WHOLE_AT_MOST = 400_000_000  # Bytes of everything in it, pictures too.


def lay_docx(source: bytes, *, name: str) -> Laid:
    """A Word document as blocks, its running heads first and its feet last. Raises Unreadable."""
    _bounded(source, name)
    from docx import Document

    try:
        document = Document(BytesIO(source))
        return _lay(document)
    except Unreadable:
        raise
    except Exception as broken:  # A broken document fails in as many ways as it has parts.
        raise Unreadable(
            f"{name} is broken as a Word document. Save it anew in a word processor and read that."
        ) from broken


def _bounded(source: bytes, name: str) -> None:
    """Refuses an archive that would not fit, by what its directory and its first bytes say."""
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            parts = archive.infolist()
            named = {part.filename for part in parts}
            if "word/document.xml" not in named:
                raise Unreadable(f"{name} is an archive but no Word document.")
            large = any(part.file_size > TEXT_AT_MOST for part in parts if part.filename.endswith((".xml", ".rels")))
            if large or len(parts) > PARTS_AT_MOST or sum(part.file_size for part in parts) > WHOLE_AT_MOST:
                raise Unreadable(f"{name} unpacks to far more than a document holds; it was left closed.")
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(f"{name} is locked with a password. Save it without one and read that.")
            _as_large_as_said(archive, parts, name)
    except ROTTEN as broken:
        if isinstance(broken, Unreadable):
            raise
        raise Unreadable(f"{name} is broken as a Word document: its archive cannot be opened.") from broken


def _as_large_as_said(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """A part may hold more than its directory says."""
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            seen = 0
            while piece := stream.read(1 << 20):
                seen += len(piece)
                if seen > TEXT_AT_MOST:
                    raise Unreadable(f"{name} unpacks to far more than a document holds; it was left closed.")


class _Out:
    """The text as it grows, and its blocks."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.drafts: list[Draft] = []

    @property
    def full(self) -> bool:
        return len(self.drafts) >= BLOCKS_AT_MOST or self.length > READ_AT_MOST

    def put(self, words: str, form: str = "paragraph", level: int = 0) -> Draft | None:
        """One block."""
        words = words.replace("\r", " ").strip()
        if not words or self.full:
            return None
        draft = Draft(self.length, self.length + len(words), flatten(words), form, level, 1)
        self.drafts.append(draft)
        self.parts.append(words + "\n\n")
        self.length += len(words) + 2
        return draft


def _lay(document: Any) -> Laid:
    out = _Out()
    heads = list(dict.fromkeys(_edges(document, "header")))
    for words in heads:
        draft = out.put(words, "line")
        if draft is not None:
            draft.mark(Label.MASTHEAD, "the document's running head")
    styles = _styles(document)
    for item in _blocks(document.element.body):
        if out.full:
            break
        if item.tag == f"{W}tbl":
            _table(out, item)
        else:
            _paragraph(out, item, styles)
    for words in dict.fromkeys(_edges(document, "footer")):
        draft = out.put(words, "line")
        if draft is not None:
            draft.mark(Label.COLOPHON, "the document's running foot")
    laid = Laid("".join(out.parts), out.drafts, DOCX)
    title = flatten(document.core_properties.title or "")
    if title and title in laid.text:
        at = laid.text.index(title)
        laid.meta.append(("page_title", title, Span(at, at + len(title))))
    if out.full:
        laid.notes.append("The document is very long; only its first part was read.")
    return laid


def _edges(document: Any, which: str) -> Iterator[str]:
    """What stands at the head or foot of every sheet."""
    for section in list(document.sections)[:20]:
        for edge in (getattr(section, which), getattr(section, f"first_page_{which}")):
            if not edge.is_linked_to_previous:
                yield from (flatten(paragraph.text) for paragraph in edge.paragraphs[:20] if paragraph.text.strip())


def _styles(document: Any) -> dict[str, str]:
    """The name of every style by its key."""
    named: dict[str, str] = {}
    for style in document.styles.element.iterchildren(f"{W}style"):
        name = style.find(f"{W}name")
        named[style.get(f"{W}styleId") or ""] = ((name.get(f"{W}val") if name is not None else "") or "").lower()
    return named


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those within content controls too."""
    waiting = [iter(body)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif item.tag in {f"{W}p", f"{W}tbl"}:
            yield item
        elif item.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"} and len(waiting) < 50:
            waiting.append(iter(item))


def _words(item: Any) -> str:
    """The text of an element, with its tabs and line breaks."""
    parts: list[str] = []
    for node in item.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif node.getparent().tag == f"{W}r":
            parts.append("\t" if node.tag == f"{W}tab" else "\n")
    return "".join(parts)


def _paragraph(out: _Out, item: Any, styles: dict[str, str]) -> None:
    properties = item.find(f"{W}pPr")
    named = properties.find(f"{W}pStyle") if properties is not None else None
    style = styles.get(named.get(f"{W}val") or "", "") if named is not None else ""
    words = _words(item)
    form, level = "paragraph", 0
    if style == "title":
        form, level = "heading", 1
    elif style.startswith("heading"):
        form, level = "heading", int(style[-1]) if style[-1].isdigit() else 2
    elif style.startswith("list") or (properties is not None and properties.find(f"{W}numPr") is not None):
        form = "item"
    elif style == "subtitle":
        form, level = "heading", 2
    elif len(words) < 120 and _all_bold(item):
        form, level = "heading", 3
    lines = [line for line in words.split("\n") if line.strip()]
    for line in lines:
        draft = out.put(line, "line" if len(lines) > 1 and form == "paragraph" else form, level)
        if draft is not None and style == "caption":
            draft.mark(Label.CAPTION, "the document's style for captions")


def _all_bold(item: Any) -> bool:
    runs = [run for run in item.iterchildren(f"{W}r") if any((text.text or "").strip() for text in run.iter(f"{W}t"))]
    bold = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(f"{W}val") not in {"0", "false"} for mark in bold)


def _table(out: _Out, table: Any) -> None:
    """A table's rows, each with its cells; a table within a cell is told with the cell."""
    for row in table.iterchildren(f"{W}tr"):
        cells = [flatten(_words(cell)) for cell in row.iter(f"{W}tc")]
        out.put(" | ".join(cell for cell in cells if cell), "row")
        if out.full:
            return
