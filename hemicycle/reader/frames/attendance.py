"""Who was there, by class and mode: a row for each class, in the words of the text."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hemicycle.reader import lexicon
from hemicycle.reader.frames.present import lists_people, mode_of, row, told_of
from hemicycle.reader.names import people
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import Saying, compiled, labels, saying
from hemicycle.reader.shape import Claim

LABEL = 70  # Characters of a label.
BESIDES = frozenset({"attending", "attendees", "participants", "also there", "participating"})  # After “Present: …”.
INSET = 6  # Blanks before a line that goes on.
DIGITS = tuple("0123456789")
IN_ATTENDANCE = frozenset({"in", "also", "other", "others", "by"})  # What “in attendance” and its like begin with.
_SENTENCE = re.compile(
    r"[.!?]\s+[A-Z]\w+\s+\w+\s+\w+"
    r"|\b(?:was|were|the meeting|that|moved|seconded|motion|carried|minutes of|called to order|resolved|welcomed)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*\([^()]*\)|\s*\d+$")
HEADER = 60  # Passages at the head of minutes within which lists of those present stand.
LONGEST_NAMES = 200  # Characters of names before a sentence.
LONGEST_NOTICE = 220  # Characters of a line at the head that says how the meeting was held.
LISTED = 80  # Names that may stand on lines of their own below “Present”.


def claims(text: Text) -> Iterator[Claim]:
    """Rows {category, who, mode}."""
    rows = [*_labelled(text)]
    seen = {(_key(row), row.line) for row in rows}
    yield from rows
    for claim in told_of(text):
        if any(row.span.start <= claim.span.start and claim.span.end <= row.span.end for row in rows):
            continue  # Within a list that a label opens.
        if (_key(claim), claim.line) not in seen:
            seen.add((_key(claim), claim.line))
            yield claim


def _beside(category: str, passage: Passage, *, present: bool) -> bool:
    """Whether “Attending: …” stands after “Present: …”: those who were there beside the members."""
    return category == "present" and present and passage.label.casefold() in BESIDES


def _key(claim: Claim) -> tuple[str, str]:
    row = claim.value
    return (str(row.get("category")), str(row.get("who"))[:60]) if isinstance(row, dict) else ("", "")


def _labelled(text: Text) -> Iterator[Claim]:
    """“Present: …”, and “Present” over a list of names."""
    default = _default_mode(text)
    taken = -1
    chair: tuple[str, Passage] | None = None
    present = False
    for place, passage in enumerate(text.passages[:HEADER]):
        if place <= taken:
            continue
        entry = entry_of(passage, text.language)
        if entry is not None and entry["role"] == "presiding" and passage.label and len(passage.body.split()) > 1:
            chair = (plain(passage.body).strip(" .;"), passage)
        if entry is None or entry["role"] != "attendance":
            continue
        body = passage.body if passage.label else ""
        last = passage
        if passage.label and body.strip() and (more := [*_going_on(text, place + 1)]):
            body = ", ".join([body.strip(" .,;"), *(plain(p.text).strip(" .,;") for p in more)])
            last, taken = more[-1], place + len(more)
        if not body.strip(" .:-"):
            below = [*_below(text, place + 1)]
            body = ", ".join(_names(p, text.language) for p in below)
            last = below[-1] if below else passage
            taken = place + len(below)
        body = saying("attendance", "sentence", text.language).split(plain(body), maxsplit=1)[0].strip(" .;|")
        if not body or re.fullmatch(r"(?:none|nil|n/a|no apologies\b.*|-+)", body, re.IGNORECASE):
            continue
        mode = mode_of(passage.label or passage.body[:LABEL], text.language)
        category = "present" if entry["category"] in {"remote", "video"} else entry["category"]
        mode = mode or (entry["category"] if entry["category"] in {"remote", "video"} else None)
        also = passage.label.casefold().startswith("also present")
        if also and chair and not present:
            category = "present"  # “Also present”, below “In the chair”.
            who, line = chair
            yield text.claim("attendance", row("present", who, None), line, 0, len(line.text), 0.7, "label.chair")
        category = "in attendance" if _beside(category, passage, present=present) else category
        present = present or category == "present"
        for kind, who in _parted(category, body, text.language):
            here = mode or (default if kind in {"present", "members", "in attendance", "guests", "staff"} else None)
            yield _over(text, row(kind, who, here), passage, last)


def _default_mode(text: Text) -> str | None:
    """The mode of all, where the header says that the meeting was held by video or remotely."""
    lines = [*text.front[:8], *(line for line in text.passages[:10] if not _lists(line, text.language))]
    remote = [
        line.text
        for line in lines
        if saying("attendance", "all_remote", text.language).search(line.text)
        and not saying("attendance", "another", text.language).search(line.text)
    ]
    if any(saying("attendance", "hybrid", text.language).search(line) for line in remote):
        return None
    return mode_of(" ".join(line for line in remote if len(line) < LONGEST_NOTICE), text.language)


def _lists(passage: Passage, language: str) -> bool:
    """Whether the line lists people: what it says of one of them holds of no other."""
    entry = entry_of(passage, language)
    return entry is not None and entry["role"] in {"attendance", "presiding"}


def entry_of(passage: Passage, language: str) -> Mapping[str, str] | None:
    """What the line's label says: word for word as a genre file has it, or by how labels of attendance are put."""
    name = _label(passage, language).casefold()
    entry = labels(language).get(name)
    alone = passage.is_heading and not passage.number
    if entry is not None and entry["role"] == "body" and passage.label and lists_people(passage.body, language):
        return {"role": "attendance", "category": "present"}
    if entry is not None or not (passage.label or alone) or not 3 < len(name) < LABEL:
        return entry
    category = next((known for pattern, known in _labels(language) if pattern.fullmatch(name)), "")
    return {"role": "attendance", "category": category} if category else None


@cache
def _labels(language: str) -> tuple[tuple[Saying, str], ...]:
    book = lexicon.load("attendance", language) or lexicon.load("attendance", "en")
    return tuple((compiled(entry["words"], re.IGNORECASE), entry["category"]) for entry in book.get("labelled", []))


def _label(passage: Passage, language: str) -> str:
    """What the line says it is: its label without a count or a remark in brackets, or the heading itself."""
    label = passage.label or (passage.body if len(passage.body) < 60 else "")
    if label.endswith(DIGITS) or "(" in label:
        label = _COUNT.sub("", label)
    return label.strip(" .:*_#-")


def _below(text: Text, start: int) -> Iterator[Passage]:
    """The lines of names below a heading."""
    for passage in text.passages[start : start + LISTED]:
        entry = entry_of(passage, text.language)
        if entry and entry["role"] != "recording":
            return
        if not _name_line(passage, text.language):
            if people(_names(passage, text.language), text.language):
                yield passage  # Names, and what was resolved about them.
            return
        yield passage


def _names(passage: Passage, language: str) -> str:
    """The names on a line; where a decision follows on it, what stands before."""
    line = plain(passage.body).strip(" .,;")
    if _name_line(passage, language):
        return line
    first, stop, _rest = line.partition(". ")
    return first if stop and len(first) < LONGEST_NAMES and not _SENTENCE.search(first) else ""


def _going_on(text: Text, start: int) -> Iterator[Passage]:
    """The lines below a labelled one that are set in, as what goes on is, and name people."""
    whole = text.page.text
    for passage in text.passages[start : start + LISTED]:
        at = text.span(passage, 0, 1).start
        margin = whole[whole.rfind("\n", 0, at) + 1 : at]
        if len(margin) < INSET or margin.strip() or passage.label or passage.number or entry_of(passage, text.language):
            return
        if not _name_line(passage, text.language) or not people(passage.text, text.language):
            return
        yield passage


def _name_line(passage: Passage, language: str) -> bool:
    """Whether a line is a name, with or without an office, and no sentence."""
    line = plain(passage.body).strip()
    if not line or len(line) > 400:
        return False
    if passage.is_heading and passage.level and (passage.number or not people(line, language)):
        return False
    if line.isupper() and len(line) > 30:
        return False
    return (len(line) < 90 or line.count(",") > 1) and not _SENTENCE.search(line)


def _over(text: Text, value: dict[str, Any], first: Passage, last: Passage) -> Claim:
    """A claim that reaches from the label to the last name below it."""
    claim = text.claim("attendance", value, first, 0, len(first.text), 0.9, "label.attendance")
    if last is first:
        return claim
    end = text.span(last, 0, len(last.text)).end
    span = type(claim.span)(claim.span.start, max(claim.span.end, end))
    return Claim(claim.field, value, span, claim.line, 0.85, "list.attendance")


def _parted(category: str, body: str, language: str) -> Iterator[tuple[str, str]]:
    """A line that goes on with another class (“Present: A, B. Apologies: C.”) in its rows."""
    at, kind = 0, category
    for found in saying("attendance", "inside", language).finditer(body):
        yield from _public(kind, body[at : found.start()].strip(" .;"), language)
        word = found[1].casefold().split()[0]
        kind = "in attendance" if word in IN_ATTENDANCE else word
        kind = "apologies" if re.search(r"\b(?:absent|excused)\b", found[1], re.IGNORECASE) else kind
        at = found.end()
    yield from _public(kind, body[at:].strip(" .;"), language)


def _public(category: str, who: str, language: str) -> Iterator[tuple[str, str]]:
    """Members of the public at the end of a list make a row of their own."""
    found = saying("attendance", "public", language).search(who)
    if found and found.start() > 0:
        yield category, who[: found.start()].strip(" ,;.")
        yield "public", found["public"]
    elif who:
        yield ("public" if found else category), who
