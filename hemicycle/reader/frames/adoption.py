"""What was adopted, agreed or elected and how; also motions that failed, were withdrawn, referred or replaced."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from hemicycle.reader.frames.agenda import Item
from hemicycle.reader.frames.attendance import _label
from hemicycle.reader.frames.decided import how_of, resolved, what_of, worded, words_in
from hemicycle.reader.names import people
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import Rule, fitting, labels, saying
from hemicycle.reader.shape import Claim

_ADJOURNS = re.compile(r"(?:to )?(?:adjourn|recess)\b(?! the (?:debate|matter|item))", re.IGNORECASE)
BRIEF = 4  # Words of a bare outcome.
LONGEST = 2500  # Characters of a sentence that is read for outcomes.
LONG = 400  # Characters of a sentence whose end may still say how.
PLAIN = frozenset({None, "elected", "adopted", "approved", "agreed", "appointed", "decided", "confirmed", "endorsed"})
WAITS = 6  # Passages within which a motion's outcome is told.


@dataclass
class Motion:
    """A motion that waits for its outcome."""

    what: str
    passage: Passage
    start: int
    end: int
    weak: bool = False

    @property
    def open(self) -> bool:
        """Whether its parts follow as a list."""
        return self.passage.text.rstrip().endswith(":")


def claims(text: Text) -> Iterator[Claim]:
    """Rows {what, how}, in reading order."""
    kept: list[set[str]] = []
    for claim in _claims(text):
        if not isinstance(claim.value, dict):
            continue
        if _ADJOURNS.match(str(claim.value["what"])):
            continue
        bag = _bag(str(claim.value["what"]))
        if not any(_same(bag, other) for other in kept[-8:]):
            kept.append(bag)
            yield claim


def _same(one: set[str], two: set[str]) -> bool:
    """Whether two rows tell one outcome in nearly the same words."""
    return (
        bool(one and two)
        and len(one & two) / min(len(one), len(two)) > 0.75
        and (one <= two or two <= one or len(one & two) > 3)
    )


def _bag(what: str) -> set[str]:
    return {
        word
        for word in re.findall(r"\w+", what.casefold())
        if word not in {"the", "a", "an", "of", "to", "that", "be", "was"}
    }


def _claims(text: Text) -> Iterator[Claim]:
    waiting: Motion | None = None
    section = ""
    ended = -1  # The passage in which a motion's outcome was told last.
    yield from _listed(text)
    for passage in text.passages:
        if row := _in_table(text, passage):
            yield row
            continue
        parts = waiting is not None and waiting.open and bool(passage.number or passage.form == "item")
        if passage.is_heading and not passage.label and not parts:
            waiting, ended = None, -1
        section = _section(text, passage) or section
        if parts or (passage.is_heading and not words_in(text.language).outcome.search(passage.text)):
            continue
        if waiting and passage.index - waiting.passage.index > WAITS:
            waiting = None
        labelled = _labelled(text, passage, waiting, section)
        if labelled:
            claim, waiting = labelled
            if claim:
                ended = passage.index
                yield claim
            continue
        given, waiting, ended = yield from _in_passage(text, passage, waiting, section, ended)
        if not given and _section(text, passage) and (how := _voted(passage.text, text.language)):
            yield _row(text, section, how, passage, 0, len(passage.text), "item.vote")


def _in_table(text: Text, passage: Passage) -> Claim | None:
    """A row of a table whose last column says how the matter of the column before ended."""
    cells = [cell.strip(" *_") for cell in passage.text.strip("| ").split("|")]
    if len(cells) < 2 or len(passage.text) > LONG or not cells[-2]:
        return None
    how = how_of(cells[-1], text.language)
    if how is None or not words_in(text.language).outcome.search(cells[-1]):
        return None
    return _row(text, plain(cells[-2]), how, passage, 0, len(passage.text), "table.row")


def _in_passage(
    text: Text, passage: Passage, waiting: Motion | None, section: str, ended: int
) -> Generator[Claim, None, tuple[int, Motion | None, int]]:
    """The rows of a passage's sentences; how many, the motion that waits after them, where one ended last."""
    given = 0
    listed = text.sentences_of(passage)
    own = _section(text, passage) or (plain(listed[0].text).rstrip(".") if passage.number and listed else section)
    if passage.label and len(passage.body.split()) <= BRIEF and not _known(passage, text.language):
        own = passage.label  # “Application 21/014 – Approved”
    for place, sentence in enumerate(listed):
        again = waiting is None and 0 <= passage.index - ended <= 1 and own is not passage.label
        found, waiting = _sentence(text, sentence, waiting, own)
        for claim in found:
            if again and claim.rule == "motion.outcome":
                continue  # The outcome of the same motion, told once more.
            given += 1
            ended = passage.index if claim.rule.startswith("motion") else -1
            yield _refined(text, claim, listed, place)
    return given, waiting, ended


def _known(passage: Passage, language: str) -> bool:
    """Whether the label is one that the genre files know."""
    return _label(passage, language).casefold() in labels(language)


def _listed(text: Text) -> Iterator[Claim]:
    """Those elected, one a line, below a line that says so."""
    opens = saying("adoption", "elected", text.language)
    below = ""
    for passage in text.passages:
        if passage.is_heading and not passage.label and not opens.search(passage.text) and not _office(passage, text):
            below = ""
        elif opens.search(passage.text):
            below = how_of(passage.text, text.language) or "elected"
        elif below:
            what = plain(passage.text[len(passage.text) - len(passage.text.lstrip("-–•* ")) :]).strip(" .;")
            if len(what) < 160 and people(what, text.language) and not re.search(r"\b(?:was|were|had|said)\b", what):
                yield _row(text, f"{what} elected", below, passage, 0, len(passage.text), "list.elected")
            elif len(passage.text) > 160:
                below = ""


def _office(passage: Passage, text: Text) -> bool:
    """A line that gives an office and who holds it: 1st Vice-President - Ada Okoro."""
    office, _dash, name = re.sub(r"\s[-–—:]\s", "|", passage.text).partition("|")
    return bool(office and people(name, text.language) and not passage.number)


def _refined(text: Text, claim: Claim, listed: Sequence[Sentence], place: int) -> Claim:
    """A row with the count that the next sentence gives, and with what a bare outcome is about."""
    value = claim.value
    if not isinstance(value, dict):
        return claim
    what, how = str(value["what"]), value["how"]
    after = listed[place + 1].text if place + 1 < len(listed) else _remark(text, listed[place].passage)
    if 0 < len(after) < 140 and how in {
        None,
        "resolved",
        "agreed",
        "approved",
        "adopted",
        "accepted",
        "carried",
        "appointed",
        "noted",
    }:
        later = how_of(after, text.language)
        how = later if later and words_in(text.language).count.search(after) else how
    elif how == "unanimous" and saying("adoption", "settled", text.language).match(after):
        how = how_of(after, text.language)  # A roll call lists none against; the chair says how it came out.
    told = listed[place - 1].text if place and not claim.rule.startswith(("motion", "label")) else ""
    opens = saying("adoption", "bare_outcome", text.language).match(listed[place].text)
    bare = opens and len(what.split()) <= 3 and what[:1].islower() and 0 < len(told) < 160
    if bare and not re.search(r"\b(?:moved|proposed)\b", told):
        what = f"{plain(told).rstrip('. ')}: {what}"
    return replace(claim, value={"what": what, "how": how})


def _settled(text: Text, passage: Passage) -> str:
    """The line below a roll call that says how it came out: “Motion carried 5-0.”"""
    below = text.passages[passage.index + 1].text if passage.index + 1 < len(text.passages) else ""
    return below if saying("adoption", "settled", text.language).match(below) and len(below) < LONG else ""


def _remark(text: Text, passage: Passage) -> str:
    """What stands in brackets on the line below: (Unanimous)."""
    below = text.passages[passage.index + 1].text if passage.index + 1 < len(text.passages) else ""
    return below.strip("() ") if below.startswith("(") and len(below) < 80 else ""


def _voted(words: str, language: str) -> str | None:
    """The count in an item that has no other outcome: “For: 71. Against: 14.”"""
    return how_of(words, language) if words_in(language).tally.search(words) else None


def _section(text: Text, passage: Passage) -> str:
    """The item that begins with this passage."""
    if "sections" not in text.facts:
        items: list[Item] = text.facts.get("items", [])
        text.facts["sections"] = {(item.passage.index, item.passage.start): item.text for item in reversed(items)}
    sections: dict[tuple[int, int], str] = text.facts["sections"]
    return sections.get((passage.index, passage.start), "")


def _labelled(
    text: Text, passage: Passage, waiting: Motion | None, section: str
) -> tuple[Claim | None, Motion | None] | None:
    """A line labelled RESOLVED, DECISION, MOTION, VOTE; None where the label is of no such kind."""
    entry = labels(text.language).get(_label(passage, text.language).casefold()) if passage.label else None
    if entry is None or entry["role"] != "adopted":
        return None
    body = plain(passage.body)
    category = entry["category"]
    if category == "outcome":
        if waiting and (how := how_of(_settled(text, passage) or body, text.language)):
            return _row(text, waiting.what, how, waiting.passage, waiting.start, waiting.end, "label.outcome"), None
        return None, waiting
    if len(body.split()) < 2:
        return None, waiting
    how = how_of(body, text.language)
    if category == "motion":
        if how and words_in(text.language).outcome.search(body):
            what = what_of(body, text.language)
            if len(what.split()) < 3 and section and people(what, text.language):
                what = section
            if len(body.split()) <= BRIEF and not section:
                return None, waiting  # “Proposed: Dale. Carried.” under nothing says not what.
            what = what if len(body.split()) > BRIEF else f"{section}: {passage.label}"
            return _row(text, what, how, passage, 0, len(passage.text), "label.motion"), None
        return None, Motion(what_of(body, text.language), passage, 0, len(passage.text))
    how = how or how_of(passage.label, text.language)
    return _row(
        text, what_of(body, text.language, whole=True), how, passage, 0, len(passage.text), "label.adopted"
    ), None


def _sentence(
    text: Text, sentence: Sentence, waiting: Motion | None, section: str
) -> tuple[list[Claim], Motion | None]:
    """What one sentence adopts, and the motion that waits after it."""
    words = words_in(text.language)
    if len(sentence.text) > LONGEST or not words.hint.may(sentence.low):
        return [], waiting
    if words.never.stands(sentence.text, sentence.low):
        return [], waiting
    motion = _motion(text, sentence)
    ended = words.outcome.stands(sentence.text, sentence.low)
    how = how_of(sentence.text, text.language) if ended else None
    if motion and not motion.weak:
        if ended and how:
            return [_row(text, motion.what, how, sentence.passage, sentence.start, sentence.end, "motion")], None
        return [], motion
    if ended and how and words.motion.stands(sentence.text, sentence.low) and waiting and not (motion and motion.weak):
        return [_row(text, waiting.what, how, waiting.passage, waiting.start, waiting.end, "motion.outcome")], None
    found = [*_told(text, sentence)]
    if found:
        return found, None if waiting and ended else waiting
    if motion and motion.weak and ended and how:
        return [_row(text, motion.what, how, sentence.passage, sentence.start, sentence.end, "motion.prose")], None
    if ended and how and (waiting or (section and words.bare.stands(sentence.text, sentence.low))):
        source = waiting or Motion(section, sentence.passage, sentence.start, sentence.end)
        return [_row(text, source.what, how, source.passage, source.start, source.end, "motion.outcome")], None
    return [], motion or waiting


def _motion(text: Text, sentence: Sentence) -> Motion | None:
    """The motion that a sentence puts."""
    for rule in fitting("motion", text.language, sentence.low):
        if found := rule.search(sentence.text, sentence.low):
            what = what_of(found["what"], text.language)
            if len(what.split()) > 1:
                return Motion(what, sentence.passage, sentence.start, sentence.end, rule.says.get("says") == "weak")
    return None


def _told(text: Text, sentence: Sentence) -> Iterator[Claim]:
    """Sentences that say something was adopted, one row for each thing."""
    taken: list[tuple[int, int]] = []
    for at, end in _clauses(sentence.text, text.language):
        clause = replace(sentence, text=sentence.text[at:end], low=sentence.low[at:end]) if at or end else sentence
        for rule, found, cut in _matches(text, clause):
            first = at + found.start("what")
            last = first + cut if cut else at + found.end("what")
            if any(start < last and first < stop for start, stop in taken):
                continue
            rows = [*_rows(text, sentence, clause, rule, found, at, last if cut else None)]
            if rows:
                taken.append((first, last))
            yield from rows


def _clauses(words: str, language: str) -> Iterator[tuple[int, int]]:
    """The main clauses of a sentence, each with a subject and an outcome of its own: (0, 0) where there is but one."""
    at = 0
    for found in saying("adoption", "clause", language).finditer(words):
        yield at, found.start()
        at = found.end()
    yield at, len(words) if at else 0


def _rows(
    text: Text, sentence: Sentence, clause: Sentence, rule: Rule, found: re.Match[str], at: int, last: int | None
) -> Iterator[Claim]:
    """The rows of one match in a clause that begins so far into its sentence."""
    words = words_in(text.language)
    said = found.groupdict()
    end = found.end() if last is None else last - at
    after = clause.text[found.end() :] if last is None and len(clause.text) < LONG else ""
    how = how_of(clause.text[found.start() : end] + after, text.language)
    how = how or how_of(said.get("verb") or "", text.language)
    if how in PLAIN and (by := saying("adoption", "by", text.language).match(clause.text[: found.start()])):
        how = how_of(by[0], text.language) or how  # “With an absolute majority of votes, it elected …”
    how = str(rule.says["how"]) if rule.says.get("how") else how
    before = _before(text, sentence) + sentence.text[: at + found.start("what")]
    told = clause.text[found.start("what") : min(end, found.end("what"))]
    for thing in _things(resolved(told, before, words), said, text.language):
        whole = worded(thing, said, words, text.language, whole=bool(rule.says.get("whole")))
        if whole and not words.no_thing.search(whole):
            yield _row(text, whole, how, sentence.passage, sentence.start, sentence.end, rule.name)


def _before(text: Text, sentence: Sentence) -> str:
    """The sentence before in the same passage, which a “they” may speak of."""
    listed = text.sentences_of(sentence.passage)
    place = next((here for here, other in enumerate(listed) if other.start == sentence.start), 0)
    return f"{listed[place - 1].text} " if place else ""


def _things(what: str, said: dict[str, str | None], language: str) -> list[str]:
    """The documents that one sentence says were adopted: an ordinance on this and a law on that."""
    if "rest" not in said:
        return [what]
    things = saying("adoption", "documents", language).split(what)
    return things if all(saying("adoption", "document", language).search(thing) for thing in things) else [what]


def _matches(text: Text, sentence: Sentence) -> Iterator[tuple[Rule, re.Match[str], int]]:
    """Where the patterns of adoption match, as far as they hold for such a sentence, and where the thing decided ends.

    Where a further verb follows (“approved the budget, and elected …”), the pattern is tried again from there on; the
    place within the thing is 0 where none does.
    """
    inside = sentence.text[:1].islower() and sentence.passage.form != "item"
    following = saying("adoption", "next", text.language)
    for rule in fitting("adopted", text.language, sentence.low):
        if (inside and rule.says.get("item")) or (rule.says.get("only") == "minutes" and not text.facts.get("minutes")):
            continue
        if rule.lower is not None and rule.lower.search(sentence.low) is None:
            continue
        at = 0
        while found := rule.pattern.search(sentence.text, at):
            cut = following.search(found["what"])
            if rule.meets("needs", found[0]):
                yield rule, found, cut.start() if cut else 0
            at = max(found.start("what") + cut.start() if cut else found.end(), found.start() + 1)


def _row(text: Text, what: str, how: str | None, passage: Passage, start: int, end: int, rule: str) -> Claim:
    return text.claim("adopted", {"what": what, "how": how}, passage, start, end, 0.75, rule)
