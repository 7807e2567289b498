"""PDF laid out by its text layer: lines, columns, paragraphs, sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from hemicycle.reader.blocks import READ_AT_MOST, Laid
from hemicycle.reader.plain import lay_plain
from hemicycle.reader.scanned import read_picture
from hemicycle.reader.shape import Unreadable

SHEETS_AT_MOST = 3_000
RECTS_AT_MOST = 120_000
SCANNED_SHEETS_AT_MOST = 40
LETTERS_OF_A_SCAN = 12  # On a sheet with fewer there is no text layer.
DEPTH = 12


@dataclass(slots=True)
class Line:
    """A line of a sheet, with its box in points from the lower left corner."""

    words: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def lay_pdf(source: bytes, *, name: str) -> Laid:
    """A PDF as blocks in reading order, column by column. Raises Unreadable."""
    document = _opened(source, name)
    notes: list[str] = []
    try:
        text, large = _text(document, name, notes)
    finally:
        document.close()
    laid = lay_plain(text, "application/pdf")
    laid.notes.extend(notes)
    for draft in laid.drafts:
        if draft.start in large and draft.words <= 40:
            draft.form, draft.level = "heading", large[draft.start]
    return laid


def _opened(source: bytes, name: str) -> Any:
    import pypdfium2  # type: ignore[import-untyped]  # It has no types.

    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as broken:
        if "password" in str(broken).lower() or b"/Encrypt" in source[-4096:]:
            raise Unreadable(f"{name} is locked with a password. Save it without one and read that.") from broken
        raise Unreadable(f"{name} is broken as a PDF. Print or save it anew as PDF and read that.") from broken


def _text(document: Any, name: str, notes: list[str]) -> tuple[str, dict[int, int]]:
    """The text of all sheets, a form feed between them, and where lines in large type begin."""
    import pypdfium2

    out: list[str] = []
    large: dict[int, int] = {}
    length, rects, scans = 0, 0, 0
    for number in range(min(len(document), SHEETS_AT_MOST)):
        try:
            page = document[number]
            lines, count = _lines(page, RECTS_AT_MOST - rects)
            letters = sum(len(line.words) for line in lines)
            if letters < LETTERS_OF_A_SCAN and _has_picture(page):
                scans += 1
                out.append(_scanned(page, name) if scans <= SCANNED_SHEETS_AT_MOST else "\f")
                length += len(out[-1])
                continue
        except pypdfium2.PdfiumError:
            notes.append(f"Sheet {number + 1} is broken and was left out.")
            continue
        rects += count
        for words, level in _set(lines):
            if level:
                large[length] = level
            out.append(words)
            length += len(words)
        out.append("\f")
        length += 1
        if length > READ_AT_MOST or rects >= RECTS_AT_MOST:
            notes.append(f"The document is very long; its first {number + 1} sheets were read.")
            break
    text = "".join(out)
    if not text.strip():
        raise Unreadable(f"{name} has no text layer and no pictures of text: there is nothing in it to read.")
    if scans:
        some = "" if scans <= SCANNED_SHEETS_AT_MOST else f"the first {SCANNED_SHEETS_AT_MOST} of them "
        notes.append(f"{scans} sheets are pictures; {some or 'they '}were read by Tesseract.")
    return text, large


def _scanned(page: Any, name: str) -> str:
    """The words on the picture of a sheet."""
    return read_picture(_picture(page), name=name) + "\n\f"


def _lines(page: Any, most: int) -> tuple[list[Line], int]:
    """The lines of a sheet, put together from the pieces that the text layer knows."""
    sheet = page.get_textpage()
    count = max(min(sheet.count_rects(), most), 0)
    pieces: list[Line] = []
    for index in range(count):
        left, bottom, right, top = sheet.get_rect(index)
        words = sheet.get_text_bounded(left, bottom, right, top).replace("\r", " ").replace("\n", " ")
        if words.strip():
            pieces.append(Line(words.replace("\ufffe", "-").replace("\x02", "-"), left, bottom, right, top))
    sheet.close()
    return _joined(pieces), count


def _joined(pieces: list[Line]) -> list[Line]:
    """Pieces that stand side by side on one line, put together."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (-round((piece.top + piece.bottom) / 4), piece.left)):
        for line in reversed(lines[-6:]):
            level = min(line.top, piece.top) - max(line.bottom, piece.bottom)
            near = piece.left - line.right
            if level > 0.5 * min(line.height, piece.height) and -2 < near < 1.2 * max(line.height, piece.height, 6):
                if not line.words.endswith(piece.words) or near > 0:
                    close = near < 0.12 * line.height and not line.words.endswith((".", ":", ";", ","))
                    line.words += ("" if close else " ") + piece.words
                line.right = max(line.right, piece.right)
                line.bottom, line.top = min(line.bottom, piece.bottom), max(line.top, piece.top)
                break
        else:
            lines.append(piece)
    return lines


def _set(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """Lines in reading order as text: a blank line where a paragraph ends; and the level of lines in large type."""
    if not lines:
        return
    body = median(line.height for line in lines for _ in range(1 + len(line.words) // 20))
    ordered = list(_columns(lines, 0))
    pitch = _pitch(ordered)
    before: Line | None = None
    for line in ordered:
        if before is not None:
            drop = before.bottom - line.bottom
            level_with = min(before.top, line.top) - max(before.bottom, line.bottom) > 0.5 * min(
                before.height, line.height
            )
            if level_with and line.left >= before.right - 2:
                yield "   ", 0  # Cells of a row.
                yield line.words.strip(), 0
                before = Line("", before.left, min(before.bottom, line.bottom), line.right, max(before.top, line.top))
                continue
            sized = abs(line.height - before.height) > 0.18 * max(body, 1)
            apart = (
                drop < 0
                or drop > 1.35 * max(pitch, 1.3 * line.height)
                or line.left > before.right
                or line.right < before.left
            )
            yield ("\n\n" if (apart and drop > 0) or sized else "\n"), 0
        level = 1 if line.height > 1.35 * body else 2 if line.height > 1.15 * body else 0
        yield line.words.strip(), level
        before = line
    yield "\n", 0


def _pitch(lines: list[Line]) -> float:
    """The usual step from line to line."""
    steps = [one.bottom - two.bottom for one, two in pairwise(lines) if one.bottom > two.bottom]
    near = sorted(steps)
    return near[len(near) // 2] if near else 12.0


def _columns(lines: list[Line], depth: int) -> Iterator[Line]:
    """Reading order: parted by the widest gutter that lets columns stand side by side, else from the top down."""
    if len(lines) < 6 or depth > DEPTH:
        yield from sorted(lines, key=lambda line: (-line.bottom, line.left))
        return
    gutter = _gutter(lines)
    if gutter is None:
        yield from sorted(lines, key=lambda line: (-line.bottom, line.left))
        return
    across = [line for line in lines if line.left < gutter < line.right]
    rest = sorted((line for line in lines if not line.left < gutter < line.right), key=lambda line: -line.top)
    for over in [*sorted(across, key=lambda line: -line.top), None]:
        band = rest if over is None else [line for line in rest if line.bottom >= over.top - 1]
        rest = [] if over is None else [line for line in rest if line.bottom < over.top - 1]
        yield from _columns([line for line in band if line.right <= gutter], depth + 1)
        yield from _columns([line for line in band if line.left >= gutter], depth + 1)
        if over is not None:
            yield over


def _gutter(lines: list[Line]) -> float | None:
    """Where a vertical strip parts columns: few lines cross it, and on both sides many stand at the same height."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    if width < 150:
        return None
    best, fewest = None, len(lines) * 0.25
    for step in range(30, 71, 2):
        place = left + width * step / 100
        crossing = sum(line.left < place < line.right for line in lines)
        if crossing >= fewest:
            continue
        ones = [line for line in lines if line.right <= place and line.right - line.left > width * 0.12]
        others = [line for line in lines if line.left >= place and line.right - line.left > width * 0.12]
        if min(len(ones), len(others)) >= max(4, len(lines) * 0.15) and _starts_agree(others):
            best, fewest = place, crossing
    return best


def _starts_agree(lines: list[Line]) -> bool:
    """A column's lines begin at one place; the second halves of table rows and scattered words are short."""
    starts = sorted(line.left for line in lines)
    middle = starts[len(starts) // 2]
    wordy = median(len(line.words) for line in lines)
    return sum(abs(start - middle) < 14 for start in starts) >= 0.6 * len(starts) and wordy >= 18


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw  # type: ignore[import-untyped]  # It has no types.

    return any(item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=2))


def _picture(page: Any) -> bytes:
    """The sheet as a picture in 200 dots an inch, fewer where it is large."""
    from io import BytesIO

    width, height = page.get_size()
    scale = min(200 / 72, 3_000 / max(width, height, 1))
    out = BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(out, "PNG")
    return out.getvalue()
