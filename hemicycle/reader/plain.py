"""Plain text laid out: lines, paragraphs that were wrapped, lists, headings."""

import re
from bisect import bisect_left

from hemicycle.reader.blocks import BLOCKS_AT_MOST, MARKER, READ_AT_MOST, Draft, Laid, draft_of

LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\f")
HANG = 8  # Columns from which a line may stand below the value of a field.
HANGING = re.compile(r"\s{0,8}[^\W\d_a-z]?[A-Za-z][\w'’ ()/&-]{1,40}:\s+(?=\S)")
CHAT = re.compile(r"\s{0,8}(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s|<[^<>\s]{1,30}>\s|\*{3}\s)")
ACROSS = re.compile(
    r"(?<=\w)(?P<gap>[ \t]{6,})(?=(?:page\s+\d{1,3}(?:\s+of\s+\d{1,3})?"
    r"|(?:\w{6,9},?\s+)?[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s+\d{4}"
    r"|(?:\w{6,9},?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s+\d{4})\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
FIELD = re.compile(r"\s{0,8}[A-Z][\w'’ /&-]{1,34}:(?:\s|\Z)")
FEW = 2  # Words.
SEVERAL = 2  # Lines from which short ones that stand apart are headings.
SEPARATED = re.compile(r"\S\s{3,}\S|\t|\s\|\s")


def lay_plain(text: str, media_type: str = "text/plain") -> Laid:
    """A text as blocks; where its lines were wrapped to a width, the lines of a paragraph make one block."""
    laid = Laid(text, [], media_type)
    lines, cut = _lines(text)
    if cut:
        laid.notes.append(f"The source is very long; its first {lines[-1][1] if lines else 0:,} characters were read.")
    width = _width([end - start for start, end, _, _ in lines])
    group: list[tuple[int, int, int, int]] = []
    for line in lines:
        if group and _goes_on(text, group, line, width):
            group.append(line)
            continue
        _close(laid, group)
        group = [line]
    _close(laid, group)
    _mark_headings(laid)
    return laid


def _mark_headings(laid: Laid) -> None:
    """Short lines that stand apart, each right above its text, are headings where there are several of them."""
    drafts = laid.drafts
    apart = [
        one
        for before, one, after in zip(drafts, drafts[1:], drafts[2:], strict=False)
        if one.gap and not after.gap and one.form == "paragraph" == after.form and _short(one) and before.form != "row"
        if after.flat[-1:] in ".!?:" and after.words > FEW and not after.flat[:1].islower()
    ]
    if len(apart) >= SEVERAL:
        for one in apart:
            one.form, one.level = "heading", 2


def _short(draft: Draft) -> bool:
    """A line of few words without a stop or a label, that begins with a capital or a figure."""
    flat = draft.flat
    first = flat[:1].isupper() or flat[:1].isdigit()
    return first and draft.words <= FEW + 3 and flat[-1:] not in ".;,:…!?" and not FIELD.match(flat)


def _lines(text: str) -> tuple[list[tuple[int, int, int, int]], bool]:
    """(start, end, blank lines before, leaf) of every line with words, and whether the text was cut short."""
    lines: list[tuple[int, int, int, int]] = []
    last, leaf = 0, 0
    for found in LINE.finditer(text, 0, min(len(text), READ_AT_MOST)):
        start, end = found.span()
        if text[start] == "\f":
            leaf += 1
            continue
        if not text[start : min(end, start + 400)].strip("\x00 \t\xa0\u200b\ufeff") and end - start < 400:
            continue
        between = text[last:start]
        breaks = max(between.count("\n"), between.count("\r"))
        wide = ACROSS.search(text, start, end) if end - start < 200 else None
        if wide:
            lines.append((start, wide.start("gap"), max(breaks - 1, 0), leaf))
            start, breaks = wide.end("gap"), 1
        lines.append((start, end, max(breaks - 1, 0), leaf))
        last = end
        if len(lines) >= BLOCKS_AT_MOST:
            return lines, True
    return lines, len(text) > READ_AT_MOST


def _width(lengths: list[int]) -> int:
    """The width to which lines were wrapped; 0 where each line is a paragraph."""
    ordered = sorted(lengths)
    if len(ordered) < 4:
        return 0
    near = ordered[min(len(ordered) * 19 // 20, len(ordered) - 1)]
    if not 36 <= near <= 132:
        return 0
    # Wrapped lines crowd under the widest; free lines are spread.
    crowd = len(ordered) - bisect_left(ordered, near * 0.8)
    return near if crowd >= max(3, len(ordered) * 0.12) else 0


def _goes_on(text: str, group: list[tuple[int, int, int, int]], line: tuple[int, int, int, int], width: int) -> bool:
    """Whether a line continues the paragraph of the lines before it."""
    start, end, gap, leaf = line
    before = group[-1]
    if group and not gap and leaf == before[3] and _hangs(text, group, line):
        return True
    if not width or gap or leaf != before[3]:
        return False
    head = text[start : min(end, start + 60)]
    if not any(sign.isalnum() for sign in head):
        return False
    tail = text[max(before[0], before[1] - 40) : before[1]].rstrip()
    if MARKER.match(head) or CHAT.match(head) or SEPARATED.search(head.strip()):
        return False
    indents = _indent(head), _indent(text[before[0] : before[0] + 60])
    if min(indents) >= 8 and abs(indents[0] - indents[1]) > 4 and not head.lstrip()[:1].islower():
        return False  # Lines that are centred.
    first = head.split(maxsplit=1)[0] if head.split() else ""
    full = before[1] - before[0] + 1 + len(first) > width * 0.92
    if tail.endswith("-") and head.lstrip()[:1].islower():
        return True
    if not full and not (head.lstrip()[:1].islower() and before[1] - before[0] > width * 0.6):
        return False
    if FIELD.match(head) and not head.lstrip()[:1].islower() and tail[-1:] in ".;:!?)":
        return False
    capitals = tail.isupper() and any(sign.isalpha() for sign in tail)
    return not (capitals and not head.isupper() and head[:1].strip())


def _hangs(text: str, group: list[tuple[int, int, int, int]], line: tuple[int, int, int, int]) -> bool:
    """Whether a line stands below the value of a field, as a list of names that wraps does."""
    field = HANGING.match(text, group[0][0], group[0][1])
    if field is None:
        return False
    indent = _indent(text[line[0] : min(line[1], line[0] + 60)])
    return (
        indent >= HANG
        and abs(indent - (field.end() - group[0][0])) <= 2
        and not SEPARATED.search(text[line[0] : line[1]].strip())
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _close(laid: Laid, group: list[tuple[int, int, int, int]]) -> None:
    """A group of lines becomes a block."""
    if not group:
        return
    head = laid.text[group[0][0] : min(group[0][1], group[0][0] + 60)]
    draft = draft_of(laid.text, group[0][0], group[-1][1], gap=group[0][2], leaf=group[0][3])
    if draft is None:
        return
    if MARKER.match(head):
        draft.form, draft.level = "item", (len(head) - len(head.lstrip())) // 2
    elif SEPARATED.search(draft.flat if len(group) == 1 and " | " in draft.flat else head.strip()):
        draft.form = "row"
    elif heading_like(draft):
        draft.form, draft.level = "heading", 1 if draft.flat.isupper() else 2
    laid.drafts.append(draft)


def heading_like(draft: Draft) -> bool:
    """A short line that no full stop ends, with capitals where a heading has them."""
    flat = draft.flat
    if FIELD.match(flat) or draft.words > 24 or flat[-1:] in ".;,:…" or len(flat) < 3:
        return False
    first = next((sign for sign in flat if sign.isalnum()), "")
    if not first or (first.islower() and not first.isdigit()):
        return False
    if flat.isupper():
        return True
    words = [word for word in flat.split() if len(word) > 3 and word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= len(words) * 0.6
