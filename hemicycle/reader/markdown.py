"""Markdown laid out: headings, lists, tables; the marks themselves are cut out of the running text."""

import re
from collections.abc import Iterator

from hemicycle.reader.blocks import BLOCKS_AT_MOST, MARKER, READ_AT_MOST, Draft, Laid, flatten
from hemicycle.reader.shape import Label, Span

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LABELLED = re.compile(r"(?:[-*_]\s?){3,}$|\*{0,2}[A-Z][\w &/-]{0,28}:\*{0,2}(?:\s|$)")
CHAT = re.compile(r"\s*(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s*)?<[\w.@+-]{1,30}>\s")  # <nick> says something.
FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):\s*(.+)")
INLINE = re.compile(
    r"!\[[^\]\n]{0,400}\]\([^)\n]{0,600}\)"
    r"|\]\([^)\n]{0,600}\)|\]\[[^\]\n]{0,80}\]"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<![\w_])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![\w_])|`{1,2}|\\(?=[*_#\[\]>.-])|<!--(?:[^-]|-(?!->)){0,2000}-->"
)
LINK = re.compile(r"\[(?=[^\[\]\n]{1,400}\](?:\(|\[))")
PICTURE = re.compile(r"\s*!\[([^\]\n]{0,400})\]\([^)\n]{0,600}\)\s*\Z")
HEAD_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "publisher": "source",
    "source": "source",
    "site": "source",
    "lang": "language",
    "language": "language",
}


def lay_markdown(text: str) -> Laid:
    """A Markdown text as blocks; a front matter's facts are the page's head."""
    laid = Laid(text, [], "text/markdown")
    start = _front_matter(laid)
    group: list[tuple[int, int]] = []
    gap, blank, fenced, comment = 0, 0, False, False
    for found in LINE.finditer(text, start, min(len(text), READ_AT_MOST)):
        begin, end = found.span()
        line = found[0].strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        if comment or line.startswith("<!--"):
            comment = "-->" not in line
            _close(laid, group, gap)
            group, gap = [], blank
            _noise(laid, begin, end)
        elif not line:
            _close(laid, group, gap)
            group, blank = [], blank + 1
        elif group and _underline(line):
            _close(laid, group, gap, level=1 if line[0] == "=" else 2)
            group = []
        else:
            if group and (_begins(found[0]) or _alone(laid.text[group[0][0] : group[0][1]])):
                _close(laid, group, gap)
                group, blank = [], 0
            if not group:
                gap, blank = blank, 0
            group.append((begin, end))
        if len(laid.drafts) >= BLOCKS_AT_MOST:
            break
    _close(laid, group, gap)
    return laid


def _front_matter(laid: Laid) -> int:
    """Reads the fields between two rules at the top; gives the place where the text begins."""
    text = laid.text
    if not re.match(r"\ufeff?---[ \t]*\r?\n", text):
        return 0
    close = re.search(r"\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text[:20_000])
    if close is None:
        return 0
    for found in LINE.finditer(text, 0, close.start() + 1):
        field = FIELD.match(found[0].strip())
        if field is None:
            continue
        value = field[2].strip().strip("\"'")
        at = found.start() + found[0].index(value) if value else found.start()
        key = HEAD_KEYS.get(field[1].lower(), "")
        if key == "language":
            laid.language = value[:12].lower()
        elif key and value:
            laid.meta.append((key, value, Span(at, at + len(value))))
        line = found[0].rstrip()
        draft = Draft(found.start(), found.start() + len(line), line.strip(), "metadata", inside=False)
        draft.mark(Label.FRONT, "the page's head says so")
        laid.drafts.append(draft)
    return close.end()


def _underline(line: str) -> bool:
    return (len(line) >= 3 and not line.strip("=")) or (len(line) >= 3 and not line.strip("-"))


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own."""
    stripped = line.lstrip()
    return bool(
        stripped.startswith(("#", "|", ">", "!["))
        or MARKER.match(line[:80])
        or LABELLED.match(stripped)
        or CHAT.match(line)
    )


def _alone(line: str) -> bool:
    """Whether a line is a block by itself, whatever follows."""
    return line.lstrip().startswith(("#", "|")) or CHAT.match(line) is not None


def _noise(laid: Laid, begin: int, end: int) -> None:
    flat = flatten(laid.text[begin:end])
    if flat:
        start = begin + len(laid.text[begin:end]) - len(laid.text[begin:end].lstrip())
        draft = Draft(start, start + len(laid.text[begin:end].strip()), flat, "line")
        draft.mark(Label.NOISE, "a comment in the source")
        laid.drafts.append(draft)


def _close(laid: Laid, group: list[tuple[int, int]], gap: int, *, level: int = 0) -> None:
    """A group of lines becomes a block."""
    if not group:
        return
    text = laid.text
    start, end = group[0][0], group[-1][1]
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    form, depth, skip = _form(raw, text[group[0][0] : group[0][1]])
    cuts = [Span(start, start + skip)] if skip else []
    if form == "heading" and raw.rstrip("#") != raw:
        cuts.append(Span(start + len(raw.rstrip("#").rstrip()), start + len(raw)))
    cuts.extend(_cuts(raw, start, skip))
    flat = flatten("".join(_kept(text, start, start + len(raw), cuts)))
    draft = Draft(start, start + len(raw), flat, "heading" if level else form, level or depth, gap, cuts=tuple(cuts))
    picture = PICTURE.match(raw)
    if picture is not None:
        draft.flat = flatten(picture[1])
        draft.mark(Label.CAPTION, "the words of a picture")
    elif not flat or not any(sign.isalnum() for sign in flat):
        draft.flat = flatten(raw)
        draft.mark(Label.NOISE, "a rule between parts")
    draft.linked = min(
        1.0, sum(len(found) for found in re.findall(r"\[([^\[\]\n]{1,400})\]\(", raw)) / max(len(flat), 1)
    )
    laid.drafts.append(draft)


def _form(raw: str, line: str) -> tuple[str, int, int]:
    """The form of a block, its level, and how much at its beginning is a mark."""
    heading = re.match(r"(#{1,6})\s+", raw)
    if heading:
        return "heading", len(heading[1]), heading.end()
    if raw.startswith(">"):
        return "paragraph", 0, len(raw) - len(raw.lstrip("> "))
    if raw.startswith("|"):
        return "row", 0, 0
    if MARKER.match(raw[:80]):
        return "item", (len(line) - len(line.lstrip())) // 2, 0
    return "paragraph", 0, 0


def _cuts(raw: str, start: int, skip: int) -> Iterator[Span]:
    """Marks within the words, and the marks of a quotation's later lines."""
    found = [Span(start + mark.start(), start + mark.end()) for mark in INLINE.finditer(raw) if mark.start() >= skip]
    found += [Span(start + mark.start(), start + mark.end()) for mark in LINK.finditer(raw) if mark.start() >= skip]
    found += [Span(start + mark.start() + 1, start + mark.end()) for mark in re.finditer(r"\n[ \t]*>[ \t]?", raw)]
    last = -1
    for cut in sorted(found):
        if cut.start >= last:
            yield cut
            last = cut.end


def _kept(text: str, start: int, end: int, cuts: list[Span]) -> Iterator[str]:
    at = start
    for cut in sorted(cuts):
        if cut.start >= at:
            yield text[at : cut.start]
            at = cut.end
    yield text[at:end]
