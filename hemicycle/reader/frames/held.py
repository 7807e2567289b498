"""Every place of headline, header and prose that tells of a meeting having been held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.dates import Anchor, Dateline, Found, dateline, dates
from hemicycle.reader.identity import kind_of, ordinal, ordinal_pattern, tidy
from hemicycle.reader.naming import Named, meeting_named
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import Rule, Saying, compiled, fitting, part, saying

# “at 7.30 p.m. in the Council Chamber”: the hour is no place.
HOUR = re.compile(
    r"^\d{1,2}(?:[.:]\d\d)?\s?(?:[ap]\.?\s?m\.?|hours|hrs|h|o['’]clock)?,?\s(?:in|at)\s(?:the\s)?", re.IGNORECASE
)
LONGEST_LEAD = 16  # Words that may stand before the word “meeting” in the name of one.
LONGEST_NAME = 700  # Characters that may stand before the word saying that a meeting was held.
SEARCHED = 60  # Sentences of prose within which the meeting itself is told.


@dataclass
class Held:
    """One place that tells of the meeting: how sure, what is named, when and where."""

    passage: Passage
    start: int
    end: int
    named: Named
    weight: float
    rule: str
    opened: bool = False
    closed: bool = False
    days: list[Found] = field(default_factory=list)
    place: str = ""


def anchor_of(text: Text) -> Anchor:
    """What relative dates of this page count from: the day of the dateline or of publication."""
    by_role = {role: day for _, day, role in reversed(text.page.page_dates)}
    day = by_role.get("dateline") or text.facts.get("dateline_day") or by_role.get("published") or text.published
    return Anchor(day, day.year if day else text.facts.get("year"))


def read_dateline(text: Text) -> None:
    """Keep the report's dateline: its day dates “on Sunday”, its place is “here”."""
    if text.passages and (found := dateline(text.passages[0].text, text.language, anchor_of(text))):
        text.facts["dateline"] = found
        text.facts["dateline_day"] = found.day


def in_prose(text: Text) -> Iterator[Held]:
    """Sentences that say a meeting was held, opened, closed, or that a body met."""
    strong = named = False
    for place, sentence in enumerate(text.sentences[:SEARCHED]):
        if len(sentence.text) > 2500:
            continue
        line: Dateline | None = text.facts.get("dateline") if not sentence.start else None
        at = line.end if line and not sentence.passage.index else 0
        told = sentence.text[at:]
        made = next((held for held in _in_sentence(text, sentence, told, place) if held), None)
        if made:
            strong = True
            named = named or bool(made.named.body)
            yield made
    if not (strong and named):
        yield from _named_only(text)


def _in_sentence(text: Text, sentence: Sentence, told: str, place: int) -> Iterator[Held | None]:
    """What each pattern makes of a sentence."""
    for rule, found, phrase in telling(text, told, sentence.low):
        made = _told(text, sentence, found, rule.name, place, phrase)
        yield replace(made, weight=made.weight + float(rule.says.get("weight", 0))) if made else None


def telling(text: Text, told: str, low: str) -> Iterator[tuple[Rule, re.Match[str], str]]:
    """The patterns that tell of a meeting in a sentence, with the words that name it."""
    words = held_words(text.language)
    for rule in fitting("held", text.language, low):
        if not rule.says.get("before"):
            if found := rule.pattern.search(told):
                yield rule, found, found.groupdict().get("meeting") or ""
            continue
        for found in rule.pattern.finditer(told):
            if found.start() < LONGEST_NAME and words.meeting.search(told[: found.start()]):
                yield rule, found, told[: found.start()].rstrip(" ,")
                break


def _named_only(text: Text) -> Iterator[Held]:
    """Where no sentence says it outright: a meeting that an early sentence names in passing."""
    pattern = saying("held", "named_only", text.language)
    for place, sentence in enumerate(text.sentences[:6]):
        found = pattern.search(sentence.text)
        if found and (made := _told(text, sentence, found, "held.named", place, found["meeting"])):
            yield replace(made, weight=made.weight - 5)


def _told(text: Text, sentence: Sentence, found: re.Match[str], rule: str, place: int, phrase: str) -> Held | None:
    """What one sentence tells, or nothing where it speaks of something else."""
    said = found.groupdict()
    holder = said.get("body")
    words = held_words(text.language)
    if words.other.search(phrase):
        return None
    if holder and not (words.body.search(holder) or saying("held", "holders", text.language).match(holder)):
        return None
    if "number" in said or "term" in said:
        return _spelt(text, sentence, found, rule, place)
    if phrase and _runs_on(phrase, words):
        return None
    named = meeting_named(phrase, text.language, body=_body(holder, text.language) if holder else None)
    if named is None or (len(phrase) > 220 and not named.body):
        return None
    named = _told_apart(named, sentence.text, words, text.language)
    weight = 10 - min(place, 12) * 0.6 + bool(named.body) * 2 + (named.meeting_ordinal is not None) * 1.5
    weight += (named.kind is not None) * 0.5 - (2 if _generic(named) else 0)
    line: Dateline | None = text.facts.get("dateline") if sentence.passage.index == 0 and sentence.start == 0 else None
    where = sentence.text[min(len(phrase), found.end()) if not holder else 0 :]
    place_named = place_in(where, text.language)
    if not place_named and words.here.search(where):
        place_named = text.facts["dateline"].place if "dateline" in text.facts else ""
    return Held(
        sentence.passage,
        sentence.start,
        sentence.end,
        named,
        weight,
        rule,
        bool(said.get("open")),
        bool(said.get("closed")),
        [
            f
            for f in dates(sentence.text, text.language, anchor_of(text))
            if (not line or f.start >= line.end) and not words.due.search(sentence.text[max(0, f.start - 30) : f.start])
        ],
        place_named,
    )


def _spelt(text: Text, sentence: Sentence, found: re.Match[str], rule: str, place: int) -> Held:
    """A pattern that names body, term and number itself, as languages do whose names are put together otherwise."""
    said = {key: value or "" for key, value in found.groupdict().items()}
    language = text.language
    named = Named(
        tidy(said.get("owner", "")) or None,
        ordinal(said.get("term", ""), language) if said.get("term") else None,
        ordinal(said.get("number", ""), language) if said.get("number") else None,
        kind_of(found[0], language),
        enlarged=bool(said.get("enlarged")),
        sitting_day=None,
        original=plain(found[0]),
    )
    days = list(dates(sentence.text, language, anchor_of(text)))
    spot = tidy(said.get("place", ""))
    opened, closed = bool(said.get("open")), bool(said.get("closed"))
    weight = 12 - min(place, 12) * 0.6
    return Held(sentence.passage, sentence.start, sentence.end, named, weight, rule, opened, closed, days, spot)


def _runs_on(phrase: str, words: "Words") -> bool:
    """Whether what stands before the meeting's word is a clause of its own."""
    found = words.meeting.search(phrase)
    before = phrase[: found.start()] if found else ""
    return words.clause.search(before) is not None or len(before.split()) > LONGEST_LEAD


def _told_apart(named: Named, sentence: str, words: "Words", language: str) -> Named:
    """The number and the day that stand apart: “the union's 38th,”, “went into its third day”."""
    number, day, term = named.meeting_ordinal, named.sitting_day, named.term_ordinal
    if found := words.within_term.search(sentence):
        number, term = ordinal(found["number"], language), term or number
    if number is None and (found := words.apposition.search(sentence) or words.own_number.search(sentence)):
        number = ordinal(found["number"], language)
    body = named.body
    if found := words.term_apart.search(sentence):
        term = ordinal(found["term"], language) or term
        body = words.term_apart.sub("", body).strip(" ,") if body else body
    kind = named.kind
    if kind in {None, "meeting"} and (found := words.in_session.search(sentence)):
        kind = f"{plain(found['kind']).casefold()} session"
    elif kind in {None, "meeting"} and (found := saying("held", "at_meeting", language).search(sentence)):
        kind = kind_of(found[0], language) or kind
    if day is None and (found := words.sitting_day.search(sentence)):
        day = ordinal(found["day"], language)
    return replace(named, body=body, meeting_ordinal=number, sitting_day=day, term_ordinal=term, kind=kind)


def _generic(named: Named) -> bool:
    return not named.body and named.meeting_ordinal is None


def _body(holder: str, language: str) -> str:
    """Who held the meeting, without what a sentence sets before and after the name."""
    holder = plain(holder)
    holder = re.sub(r"^(?:.*?\(\w{2,12}\)\s*[-–—]+\s*)", "", holder)
    holder = re.sub(
        r"^(?:the )?(?:members|delegates|representatives|commissioners|\w+holders|owners) (?:of|to|from) ",
        "",
        holder,
        flags=re.IGNORECASE,
    )
    holder = re.split(r"\b(?:when|as|where|after|while)\s+(?:the\s+)?(?=[A-Z])", holder)[-1]
    holder = re.sub(r"\s+(?:has|have|had|also|today|yesterday|on \w+day)$", "", holder)
    return tidy(holder)


def place_in(sentence: str, language: str) -> str:
    """Where the sentence says the meeting was held."""
    for pattern in held_words(language).places:
        if found := pattern.search(sentence):
            place = plain(found["place"])
            place = held_words(language).after_place.split(place, maxsplit=1)[0].strip(" ,.;")
            if place and not re.fullmatch(r"[\d\W]*", place):
                return tidy(place)
    return ""


@dataclass(frozen=True)
class Words:
    meeting: Saying
    body: Saying
    seat: Saying
    minutes: Saying
    held: Saying
    other: Saying
    places: tuple[Saying, ...]
    after_place: Saying
    here: Saying
    venue: Saying
    clause: Saying
    apposition: Saying
    sitting_day: Saying
    within_term: Saying
    in_session: Saying
    due: Saying
    approved: Saying
    own_number: Saying
    gathered: Saying
    term_apart: Saying


@cache
def held_words(language: str) -> Words:
    book = lexicon.load("held", language) or lexicon.load("held", "en")
    return Words(
        compiled(rf"\b{part('meeting', language)}\b", re.IGNORECASE),
        compiled(rf"\b{part('bodyword', language)}(?!\w)", re.IGNORECASE),
        saying("held", "seat", language),
        compiled(book["minutes"], re.IGNORECASE),
        compiled(book["held"], re.IGNORECASE),
        compiled(book["other"], re.IGNORECASE),
        tuple(Saying(re.compile(entry)) for entry in book["places"]),
        compiled(book["after_place"]),
        saying("held", "here", language),
        saying("held", "venue", language),
        saying("held", "clause", language),
        compiled(book["apposition"].replace("«ordinal»", ordinal_pattern(language)), re.IGNORECASE),
        compiled(book["sitting_day"].replace("«ordinal»", ordinal_pattern(language)), re.IGNORECASE),
        compiled(book["within_term"].replace("«ordinal»", ordinal_pattern(language)), re.IGNORECASE),
        saying("held", "in_session", language),
        saying("held", "due", language),
        saying("held", "approved", language),
        compiled(book.get("own_number", "(?!)").replace("«ordinal»", ordinal_pattern(language)), re.IGNORECASE),
        saying("held", "gathered", language),
        compiled(book.get("term_apart", "(?!)").replace("«ordinal»", ordinal_pattern(language)), re.IGNORECASE),
    )
