"""Every place of headline, header and prose that tells of a meeting having been held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.dates import Anchor, Found, dates
from hemicycle.reader.identity import tidy
from hemicycle.reader.naming import Named, meeting_named
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import labels, part, rules, trigger

HEADER = 12  # Passages at the head of minutes that may name the body, the day and the place.
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


NAMELESS = Named(None, None, None, None, enlarged=False, sitting_day=None, original="")


def anchor_of(text: Text) -> Anchor:
    """What relative dates of this page count from: the day of the dateline or of publication."""
    by_role = {role: day for _, day, role in reversed(text.page.page_dates)}
    day = by_role.get("dateline") or by_role.get("published") or text.published
    return Anchor(day, day.year if day else text.facts.get("year"))


def in_prose(text: Text) -> Iterator[Held]:
    """Sentences that say a meeting was held, opened, closed, or that a body met."""
    language = text.language
    held = trigger("held", language)
    for place, sentence in enumerate(text.sentences[:SEARCHED]):
        if len(sentence.text) > 2500 or not held.search(sentence.text):
            continue
        for rule in rules("held", language):
            found = rule.pattern.search(sentence.text)
            if found and (made := _told(text, sentence, found, rule.name, place)):
                yield made
                break


def _told(text: Text, sentence: Sentence, found: re.Match[str], rule: str, place: int) -> Held | None:
    """What one sentence tells, or nothing where it speaks of something else."""
    said = found.groupdict()
    phrase, holder = said.get("meeting") or "", said.get("body")
    words = _words(text.language)
    if words.other.search(phrase) or (holder and not words.body.search(holder)):
        return None
    named = meeting_named(phrase, text.language, body=_body(holder, text.language) if holder else None)
    if named is None:
        return None
    if phrase and len(phrase) > 220 and not named.body:
        return None
    weight = 10 - min(place, 12) * 0.6 + bool(named.body) * 2 + (named.meeting_ordinal is not None) * 1.5
    weight += (named.kind is not None) * 0.5 - (2 if _generic(named) else 0)
    return Held(
        sentence.passage,
        sentence.start,
        sentence.end,
        named,
        weight,
        rule,
        bool(said.get("open")),
        bool(said.get("closed")),
        list(dates(sentence.text, text.language, anchor_of(text))),
        place_in(sentence.text[min(len(phrase), found.end()) if not holder else 0 :], text.language),
    )


def _generic(named: Named) -> bool:
    return not named.body and named.meeting_ordinal is None


def _body(holder: str, language: str) -> str:
    """Who held the meeting, without what a sentence sets before and after the name."""
    holder = plain(holder)
    holder = re.sub(r"^(?:.*?\(\w{2,12}\)\s*[-–—]+\s*)", "", holder)
    holder = re.sub(
        r"^(?:members|delegates|representatives|the members|commissioners) (?:of|to|from) ",
        "",
        holder,
        flags=re.IGNORECASE,
    )
    holder = re.sub(r"\s+(?:has|have|had|also|today|yesterday|on \w+day)$", "", holder)
    return tidy(holder)


def place_in(sentence: str, language: str) -> str:
    """Where the sentence says the meeting was held."""
    for pattern in _words(language).places:
        if found := pattern.search(sentence):
            place = plain(found["place"])
            place = re.split(_words(language).after_place, place, maxsplit=1)[0].strip(" ,.;")
            if place and not re.fullmatch(r"[\d\W]*", place):
                return tidy(place)
    return ""


def in_headers(text: Text) -> Iterator[Held]:
    """The headline and the lines that minutes begin with: name of the body, “Minutes of …”, date, place."""
    lines = [*text.front, *text.passages[:HEADER]]
    listed = labels(text.language)
    words = _words(text.language)
    organisation = _organisation(lines, words)
    for place, line in enumerate(lines):
        if len(line.text) > 700:
            continue
        role = listed.get(line.label.casefold(), {}).get("role", "")
        if role in {"date", "place", "body", "meeting", "time"}:
            yield from _labelled(text, line, role)
        elif made := _titled(text, line, place, organisation):
            yield made
        if line.number and not line.front and place > len(text.front) + 1:
            break


def _labelled(text: Text, line: Passage, role: str) -> Iterator[Held]:
    """Date: …, Venue: …, Committee: …"""
    start, end = line.body_at, len(line.text)
    found = list(dates(line.body, text.language, anchor_of(text)))
    named = NAMELESS
    if role == "place" and line.body.strip():
        yield Held(line, start, end, named, 6, "label.place", days=[], place=tidy(line.body.split(";")[0]))
        return
    if role in {"body", "meeting"} and line.body.strip():
        made = meeting_named(line.body, text.language)
        named = (
            made if made and made.body else meeting_named("", text.language, body=line.body.split(",")[0]) or NAMELESS
        )
    if named is not NAMELESS or any(f.first for f in found):
        yield Held(line, start, end, named, 9 if role != "date" else 7, f"label.{role}", days=found)


def _titled(text: Text, line: Passage, place: int, organisation: str) -> Held | None:
    """A headline or a header line that names the meeting, the body alone, or the day alone."""
    language, words = text.language, _words(text.language)
    phrase = words.minutes.sub(" ", line.text if line.front or not line.number else line.body).strip(" -–—:|,.")
    minutes = words.minutes.search(line.text) is not None
    days = list(dates(line.text, language, anchor_of(text)))
    header = line.front or line.is_heading or minutes or len(line.text) < 160
    if not header or words.other.search(line.text):
        return None
    bare = _without_dates(phrase, days, line.text, words)
    named = meeting_named(bare, language) if words.meeting.search(bare) else None
    if named is None and minutes and words.body.search(bare):
        named = meeting_named("", language, body=_first_piece(bare, words))
    if named is None and line.front and place < 3 and words.body.fullmatch(bare.split()[-1] if bare else ""):
        named = meeting_named("", language, body=bare)
    if named is None:
        full = [f for f in days if f.first and f.kind in {"day", "range"}]
        if full and not line.front and len(line.text) < 90:
            return Held(
                line,
                0,
                len(line.text),
                NAMELESS,
                5 - place * 0.1,
                "header.date",
                days=full,
                place=place_in(line.text, language),
            )
        return None
    named = _with_organisation(named, organisation, language)
    if not named.body and not minutes and named.meeting_ordinal is None:
        return None
    weight = 8.5 + 3 * minutes + bool(named.body) * 1.5 - place * 0.2 + (named.kind is not None) * 0.3
    weight -= 3 if line.front and not minutes and not words.held.search(line.text) else 0
    return Held(
        line,
        0,
        len(line.text),
        named,
        weight,
        "header",
        days=days if minutes or not line.front or len(line.text) > 60 else [],
        place=place_in(line.text, language) if minutes else "",
    )


def _without_dates(phrase: str, days: list[Found], whole: str, words: "_Words") -> str:
    for found in days:
        phrase = phrase.replace(whole[found.start : found.end], " | ")
    return re.sub(r"\s+", " ", words.held.split(phrase)[0]).strip(" |-–—:,.")


def _first_piece(bare: str, words: "_Words") -> str:
    """The piece of a header line that names a body."""
    pieces = re.split(r"\s+[|–—-]\s+|[:,;]\s", bare)
    return next((piece for piece in pieces if words.body.search(piece)), pieces[0])


def _with_organisation(named: Named, organisation: str, language: str) -> Named:
    """“the Council” under the line “Aldwick Parish Council” is that council."""
    if not organisation:
        return named
    if not named.body or named.body.casefold() in organisation.casefold():
        body = organisation
    elif len(named.body.split()) <= 3 and not re.search(r"\bof\b", named.body):
        body = f"{named.body} of {organisation}" if organisation.casefold() not in named.body.casefold() else named.body
    else:
        return named
    return Named(
        body, named.term_ordinal, named.meeting_ordinal, named.kind, named.enlarged, named.sitting_day, named.original
    )


def _organisation(lines: list[Passage], words: "_Words") -> str:
    """The line at the head that is nothing but the name of a body or an organisation."""
    for line in lines[:6]:
        bare = plain(line.text).strip(" *#_|-–—:")
        if len(bare) > 90 or words.minutes.search(bare) or words.meeting.search(bare) or re.search(r"\d", bare):
            continue
        if words.body.search(bare) and (bare.isupper() or bare.istitle() or _capitals(bare)):
            return tidy(_cased(bare))
    return ""


def _capitals(line: str) -> bool:
    return all(word[:1].isupper() or len(word) <= 3 for word in line.split())


def _cased(name: str) -> str:
    """A name in capitals as it is otherwise written."""
    if not name.isupper() or len(name.split()) < 2:
        return name
    small = {"OF", "THE", "AND", "FOR", "IN", "ON", "AT"}
    return " ".join(
        word.lower() if word in small and place else word.capitalize() for place, word in enumerate(name.split())
    )


@dataclass(frozen=True)
class _Words:
    meeting: re.Pattern[str]
    body: re.Pattern[str]
    minutes: re.Pattern[str]
    held: re.Pattern[str]
    other: re.Pattern[str]
    places: tuple[re.Pattern[str], ...]
    after_place: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    book = lexicon.load("held", language) or lexicon.load("held", "en")
    return _Words(
        re.compile(rf"\b{part('meeting', language)}\b", re.IGNORECASE),
        re.compile(rf"\b{part('bodyword', language)}(?!\w)", re.IGNORECASE),
        re.compile(book["minutes"], re.IGNORECASE),
        re.compile(book["held"], re.IGNORECASE),
        re.compile(book["other"], re.IGNORECASE),
        tuple(re.compile(entry, 0) for entry in book["places"]),
        re.compile(book["after_place"]),
    )
