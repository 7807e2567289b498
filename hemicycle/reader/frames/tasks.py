"""Which tasks were set, for which sector: actions of minutes, instructions, and what a communiqué stresses."""

import re
from collections.abc import Iterator
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.frames.attendance import _label
from hemicycle.reader.identity import tidy
from hemicycle.reader.names import people
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import Saying, compiled, fitting, labels, saying
from hemicycle.reader.shape import Claim

_ACTION = re.compile(  # “Action: Clerk”, “(ACTION: JT/Cllr Ware)”: no more than who is to act.
    r"[(\[]?(?:ACTION|Action|Actions|ACTIONS)(?: by)?\s*[:–-]\s*"
    r"(?P<who>[A-Z][\w'’.]*(?:(?: ?/ ?| & |, | and | of (?:the )?| )[A-Z][\w'’.]*){0,4})[)\]]?\.?"
)
_COLUMN = re.compile(r"\s{3,}|\t+|\s*\|\s*")
_BROKEN = re.compile(r"\b(?:the|an?|of|and|that)$|\b(?:stressed|underlined|underscored|said|noted|emphasi[sz]ed)\b")
_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2}")
NAMED = 3  # Words of a name.
WORD = 5  # Letters of a sector of one word that the lexicon does not know.
MOST = 4  # Sectors for which one sentence may set a task.


def claims(text: Text) -> Iterator[Claim]:
    """Rows {sector, text_start}, with all sectors that the passage names and who is to act."""
    told = [*_labelled(text)]
    lines = {claim.line for claim in told}
    yield from told
    here = "minutes" if text.facts.get("minutes") else "prose"
    yield from _assigned_after(text)
    for sentence in text.sentences:
        if sentence.passage.is_heading or _ACTION.fullmatch(sentence.text):
            continue
        for rule in fitting("tasks", text.language, sentence.low):
            if rule.says.get("only", here) != here or not rule.search(sentence.text, sentence.low):
                continue
            if rule.has("not", sentence.text) or _excluded(sentence.text, text.language):
                continue
            if rule.says.get("sector") and not sectors(sentence.text, text.language):
                continue
            text.facts.setdefault("tasks", set()).add((sentence.passage.index, sentence.start))
            value = row(sentence.text, text.language, minutes=here == "minutes")
            claim = text.claim_sentence("tasks", value, sentence, float(rule.says.get("confidence", 0.7)), rule.name)
            if claim.line not in lines or not sentence.passage.label:
                yield claim
                if here == "prose":
                    yield from _further(text, sentence, value, rule.name)
            break


def _assigned_after(text: Text) -> Iterator[Claim]:
    """“The fence is to be mended. Action: Clerk”: the sentence before says what is to be done."""
    before: Sentence | None = None
    for sentence in text.sentences:
        found = _ACTION.fullmatch(sentence.text)
        whole = _ACTION.fullmatch(sentence.passage.text) if not found and sentence.passage.label else None
        if (found := found or whole) and before and sentence.passage.index - before.passage.index <= 1:
            value = {**row(before.text, text.language, minutes=True), "sector": found["who"], "unit": found["who"]}
            yield text.claim_sentence("tasks", value, before, 0.75, "task.assigned")
        before = sentence


def _further(text: Text, sentence: Sentence, value: dict[str, object], rule: str) -> Iterator[Claim]:
    """The same sentence again for each further sector that it names in its own words."""
    for sector in _worded(sentence.text, text.language)[1:MOST]:
        yield text.claim_sentence("tasks", {**value, "sector": sector}, sentence, 0.6, rule)


def row(words: str, language: str, *, minutes: bool = False) -> dict[str, object]:
    """One row: the first sector named, all sectors named, the first eight words."""
    named = sectors(words, language)
    unit = assignee(words, language)
    sector = unit if minutes else sector_of(words, language, named)
    return {"sector": sector or None, "sectors": named, "unit": unit or None, "text_start": first_words(words)}


def sector_of(words: str, language: str, named: list[str]) -> str:
    """Whom a task of prose is set: an organ, the sector in the page's words, who must act, the sector by its words."""
    unit = _unit(words, language)
    if saying("tasks", "organ", language).search(unit):
        return unit
    worded = _worded(words, language)
    return (worded[0] if worded else "") or unit or (named[0] if named else "")


def _worded(words: str, language: str) -> list[str]:
    """The sectors as the page words them: “the power industry sector”, “the field of public health”."""
    found: list[str] = []
    for match in saying("tasks", "worded", language).finditer(plain(words)[:600]):
        name = next((group for group in match.groups() if group), "")
        name = tidy(saying("tasks", "cut", language).split(name)[-1])
        known = sectors(name, language)
        if len(name.split()) == 1:
            name = known[0] if known else name if len(name) >= WORD else ""
        if name and name not in found and not saying("tasks", "pronoun", language).fullmatch(name):
            found.append(name)
    return found


def _unit(words: str, language: str) -> str:
    """Which organ or organisation must act, where it is the subject or is asked to."""
    for key in ("unit", "asked"):
        found = saying("tasks", key, language).search(plain(words)[:300])
        name = (
            re.sub(r"^(?:all|every|each)\s+(?:the\s+)?", "", tidy(found["who"]), flags=re.IGNORECASE) if found else ""
        )
        if name and not (saying("tasks", "pronoun", language).fullmatch(name) or _BROKEN.search(name)):
            return name
    return ""


def assignee(words: str, language: str) -> str:
    """Who is to act: “ACTION: Clerk to write …”, “Staff was directed to …”, “asked the Secretariat to …”."""
    found = saying("tasks", "assignee", language).search(plain(words)[:300])
    unit = next((tidy(group) for group in found.groups() if group), "") if found else ""
    return "" if saying("tasks", "pronoun", language).fullmatch(unit) else unit


def first_words(words: str, count: int = 8) -> str:
    """The first words of a passage."""
    return " ".join(plain(words).split()[:count])


def sectors(words: str, language: str) -> list[str]:
    """The sectors a passage names, in the order of its words."""
    found = [(match.start(), name) for name, pattern in _sectors(language) if (match := pattern.search(words))]
    return [name for _, name in sorted(found)]


@cache
def _sectors(language: str) -> tuple[tuple[str, Saying], ...]:
    book = lexicon.load("sectors", language).get("sectors", {})
    return tuple((name, compiled(pattern, re.IGNORECASE)) for name, pattern in book.items())


def _labelled(text: Text) -> Iterator[Claim]:
    """“ACTION: …”, and items below “Actions”."""
    listed = labels(text.language)
    below = False
    for passage in text.passages:
        entry = listed.get(_label(passage, text.language).casefold())
        if entry and entry["role"] == "task":
            below = not passage.body.strip() or not passage.label
            if _ACTION.fullmatch(passage.text):
                continue  # It names only who is to do what stands before it.
            if passage.label and len(passage.body.split()) > 2 and not _voted(text, passage):
                yield _task(text, passage, 0, "label.task")
            continue
        if (
            below
            and not _words_of_motion(text, passage)
            and not _excluded(passage.text, text.language)
            and (passage.form in {"item", "row"} or passage.number or _assigned(passage))
            and not passage.is_heading
        ):
            if len(passage.body.split()) > 2:
                yield _task(text, passage, passage.body_at if not passage.label else 0, "list.task")
            continue
        if passage.text.strip():
            below = False


def _words_of_motion(text: Text, passage: Passage) -> bool:
    """Whether an item under “Action items” is business that was voted on, and no task."""
    return saying("tasks", "business", text.language).search(passage.text) is not None


def _voted(text: Text, passage: Passage) -> bool:
    """Whether what stands after “Action:” is what was moved and carried, as councils write it."""
    return saying("tasks", "voted", text.language).search(passage.body) is not None


def _assigned(passage: Passage) -> bool:
    """“Name: do this”, “Name to do this” on a line of its own."""
    return (
        re.match(r"(?:[A-Z][\w'’.-]*\s+){1,4}(?:to|will|[-–:])\s", passage.text) is not None and len(passage.text) < 300
    )


def _cells(text: Text, passage: Passage, start: int) -> list[str]:
    """Who and what, where a line is a row of a table: “Abram   Obtain a second quote   9 February”."""
    span = text.span(passage, start, len(passage.text))
    cells = [cell.strip() for cell in _COLUMN.split(text.page.text[span.start : span.end].strip("| ")) if cell.strip()]
    short = [len(cell.split()) <= NAMED for cell in cells[:2]]
    return cells if short == [True, False] and people(cells[0], text.language) else []


def _task(text: Text, passage: Passage, start: int, rule: str) -> Claim:
    if cells := _cells(text, passage, start):
        value = {**row(cells[1], text.language, minutes=True), "sector": cells[0], "unit": cells[0]}
        return text.claim("tasks", value, passage, start, len(passage.text), 0.85, "table.task")
    words = passage.text[start:]
    bullet = re.match(r"(?:[-–•*▪]\s+)?(?:\[[ xX]\]\s+)?", words)
    start += bullet.end() if bullet else 0
    value = row(passage.text[start:], text.language, minutes=True)
    if not value["unit"] and _NAME.fullmatch(passage.label) and passage.label.casefold() not in labels(text.language):
        value |= {"sector": passage.label, "unit": passage.label}  # “Rui: publish the budget”
    return text.claim("tasks", value, passage, start, len(passage.text), 0.85, rule)


def _excluded(words: str, language: str) -> bool:
    """Whether a sentence that sounds like a task sets none."""
    pattern = _never(language)
    return pattern.search(words) is not None


@cache
def _never(language: str) -> Saying:
    book = lexicon.load("tasks", language) or lexicon.load("tasks", "en")
    return compiled(book["never"], re.IGNORECASE)
