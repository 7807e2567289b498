"""Headlines and the header lines of minutes: the body, the kind of meeting, the day, the place."""

import re
from collections.abc import Iterator
from dataclasses import replace

from hemicycle.reader.dates import Found, dates
from hemicycle.reader.frames.held import Held, Words, anchor_of, held_words, place_in
from hemicycle.reader.frames.present import lists_people
from hemicycle.reader.identity import kind_of, tidy
from hemicycle.reader.naming import Named, meeting_named
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import labels, part, saying

HEADER = 12  # Passages at the head of minutes that may name the body, the day and the place.
FEW = 4  # Towns and lands beside a day; lines at the very head.
LINE = 160  # Characters of a line that stands over a page.
TOWN = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w'’.-]*){0,3}")
NAMELESS = Named(None, None, None, None, enlarged=False, sitting_day=None, original="")


def in_headers(text: Text) -> Iterator[Held]:
    """The headline and the lines that minutes begin with: name of the body, “Minutes of …”, date, place."""
    lines = [*text.front, *text.passages[:HEADER]]
    listed = labels(text.language)
    words = held_words(text.language)
    organisation = _organisation(lines, words) or (text.page.source_name if text.facts.get("minutes") else "")
    if text.facts.get("minutes") and _organ(organisation) and text.page.source_name:
        organisation = _whose(organisation, text.page.source_name)
    for place, line in enumerate(lines):
        if len(line.text) > 700:
            continue
        role = listed.get(line.label.casefold(), {}).get("role", "")
        if role in {"date", "place", "body", "meeting", "time"}:
            yield from _labelled(text, line, role)
        elif (line.front or text.facts.get("minutes") or line.is_heading or _of_a_meeting(line, place, words)) and (
            made := _titled(text, line, place, organisation)
        ):
            yield made
        if line.number and not line.front and place > len(text.front) + 1:
            break


def _of_a_meeting(line: Passage, place: int, words: Words) -> bool:
    """Whether one of the first lines is what stands over such a page: “Report of the 21st meeting of …”."""
    over = words.minutes.match(line.text) if place < FEW and len(line.text) < LINE else None
    return over is not None and words.meeting.search(line.text) is not None and line.text.rstrip()[-1:] != "."


def _organ(name: str) -> bool:
    """Whether a name is that of an organ alone: Board of Directors, Executive Committee, Senate."""
    return saying("held", "organ_alone", "en").fullmatch(name) is not None


def _whose(organ: str, owner: str) -> str:
    """The organ with the organisation it belongs to."""
    owner = _cased(owner)
    return organ if organ.casefold() in owner.casefold() or _organ(owner) else f"{organ} of {tidy(owner)}"


def _labelled(text: Text, line: Passage, role: str) -> Iterator[Held]:
    """Date: …, Venue: …, Committee: …"""
    start, end = line.body_at, len(line.text)
    found = list(dates(line.body, text.language, anchor_of(text)))
    named = NAMELESS
    if role == "place" and line.body.strip():
        yield Held(line, start, end, named, 6, "label.place", days=[], place=tidy(line.body.split(";")[0]))
        return
    people = role == "body" and lists_people(line.body, text.language)
    if role in {"body", "meeting"} and line.body.strip() and not people:
        made = meeting_named(line.body, text.language)
        first = line.body.split(",")[0]
        # A title may be any words: it tells a body by the name of a meeting, or by a body's name and a day.
        telling = line.label.casefold() != "title" or (found and held_words(text.language).body.search(first))
        other = meeting_named("", text.language, body=first) if telling else None
        named = made if made and made.body else other or NAMELESS
    if named is not NAMELESS or any(f.first for f in found):
        yield Held(line, start, end, named, 9 if role != "date" else 7, f"label.{role}", days=found)


def _titled(text: Text, line: Passage, place: int, organisation: str) -> Held | None:
    """A headline or a header line that names the meeting, the body alone, or the day alone."""
    language, words = text.language, held_words(text.language)
    phrase = words.minutes.sub(
        " ", saying("held", "remote", language).sub(" ", line.text) if line.front or not line.number else line.body
    ).strip(" -–—:|,.")
    minutes = words.minutes.search(line.text) is not None
    days = [
        found
        for found in dates(line.text, language, anchor_of(text))
        if not words.due.search(line.text[max(0, found.start - 30) : found.start])
    ]
    header = line.front or line.is_heading or minutes or len(line.text) < 160
    if not header or words.other.search(line.text) or words.approved.search(line.text):
        return None
    bare = _cased(_without_dates(phrase, days, line.text, words))
    named = meeting_named(bare, language) if words.meeting.search(bare) else None
    if named is None and minutes and words.body.search(bare):
        named = meeting_named("", language, body=_cased(_first_piece(bare, words)))
    named = _of_kind(named, kind_of(line.text, language) if minutes else None)
    if named is None and line.front and place < 3 and words.body.fullmatch(bare.split()[-1] if bare else ""):
        named = meeting_named("", language, body=bare)
    if named is None:
        full = [f for f in days if f.first and f.kind in {"day", "range"}]
        known = {day for _, day, _ in text.page.page_dates}
        if text.facts.get("minutes") and not saying("held", "published", language).search(line.text):
            known = set()
        if (
            full
            and len(line.text) < 90
            and (text.facts.get("minutes") or not line.front)
            and full[0].first not in known
        ):
            return Held(
                line,
                0,
                len(line.text),
                NAMELESS,
                5 - place * 0.1,
                "header.date",
                days=full,
                place=_spot(text, line, full, words),
            )
        if (
            text.facts.get("minutes")
            and len(line.text) < 90
            and not line.label
            and place
            and plain(line.text).strip(" .") != plain(text.page.source_name or "").strip(" .")
            and words.venue.match(line.text.strip())
        ):
            return Held(line, 0, len(line.text), NAMELESS, 3 - place * 0.1, "header.place", place=tidy(line.text))
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
        place=_spot(text, line, days, words) if minutes or words.meeting.match(line.text) else "",
    )


def _named(before: str, words: Words) -> bool:
    """Whether what stands before a day names a body or the day itself, and no town."""
    return words.body.search(before) is not None or re.search(r"day\b", before) is not None


def _of_kind(named: Named | None, kind: str | None) -> Named | None:
    """The meeting with the kind that the line over minutes gives it: “Regular Meeting Minutes”."""
    if not kind or (named is not None and named.kind not in {None, "meeting"}):
        return named
    return replace(named or NAMELESS, kind=kind)


def _without_dates(phrase: str, days: list[Found], whole: str, words: Words) -> str:
    for found in days:
        phrase = phrase.replace(whole[found.start : found.end], " | ")
    return re.sub(r"\s+", " ", words.held.split(phrase)[0]).strip(" |-–—:,.")


def _first_piece(bare: str, words: Words) -> str:
    """The piece of a header line that names a body."""
    pieces = re.split(r"\s+[|–—-]\s+|[:,;]\s", bare)
    return next((piece for piece in pieces if words.body.search(piece)), pieces[0])


def _with_organisation(named: Named, organisation: str, language: str) -> Named:
    """“the Council” under the line “Aldwick Parish Council” is that council."""
    if not organisation:
        return named
    if not named.body or named.body.casefold() in organisation.casefold() or _of_members(named.body):
        body = organisation
    elif _unnamed(named.body):
        body = f"{named.body} of {organisation}" if organisation.casefold() not in named.body.casefold() else named.body
    else:
        return named
    return Named(
        body, named.term_ordinal, named.meeting_ordinal, named.kind, named.enlarged, named.sitting_day, named.original
    )


def _of_members(body: str) -> bool:
    """“Annual General Meeting of Members” is a meeting of the organisation."""
    return saying("held", "members_of", "en").fullmatch(body) is not None


def _spot(text: Text, line: Passage, days: list[Found], words: Words) -> str:
    """The place in a header line: told, or a room, or the towns beside the day: “12 May 2019, Lund, Skåne”."""
    told = place_in(line.text, text.language)
    if told or not text.facts.get("minutes"):
        return told
    rest = line.text
    for found in days:
        rest = rest.replace(line.text[found.start : found.end], "|")
    pieces = [piece.strip(" .") for piece in re.split(r"[|;·]|,\s+(?=\D)|\s[-–—]\s", rest)]
    at = next((at for at, piece in enumerate(pieces) if words.venue.match(piece)), None)
    if at is not None:
        return tidy(", ".join([pieces[at], *(piece for piece in pieces[at + 1 :] if words.venue.match(piece))]))
    towns = [piece for piece in pieces if piece]
    if days and rest.startswith("|"):
        return tidy(", ".join(towns)) if 0 < len(towns) < FEW and all(map(TOWN.fullmatch, towns)) else ""
    before = rest.partition("|")[0] if days else ""
    if before.endswith(", ") and TOWN.fullmatch(before.strip(", ")) and not _named(before, words):
        return tidy(before.strip(", "))
    last = rest.rpartition("|")[2] if days else ""
    town = last.strip(" ,.")
    named = words.meeting.search(town) or words.minutes.search(town) or words.body.search(town)
    return tidy(town) if last.startswith(", ") and TOWN.fullmatch(town) and not named else ""


_COMMON = frozenset(
    [
        "of",
        "the",
        "city",
        "parish",
        "town",
        "village",
        "county",
        "national",
        "general",
        "executive",
        "management",
        "full",
        "standing",
        "central",
        "and",
        "university",
        "house",
        "district",
        "diocesan",
        "local",
        "annual",
        "joint",
        "members",
        "for",
        "academic",
        "school",
    ]
)


def _unnamed(body: str) -> bool:
    """Whether a body's name has no name in it: Board of Trustees, City Council."""
    return all(
        word.casefold() in _COMMON or re.fullmatch(part("bodyword", "en"), word, re.IGNORECASE) for word in body.split()
    )


def _organisation(lines: list[Passage], words: Words) -> str:
    """The lines at the head that are nothing but names: of the body, and of the organisation it belongs to."""
    body = seat = ""
    for line in lines[:6]:
        bare = plain(line.text).strip(" *#_|-–—:")
        if len(bare) > 90 or words.minutes.search(bare) or words.meeting.search(bare) or re.search(r"\d", bare):
            continue
        if not (bare.isupper() or bare.istitle() or _capitals(bare)) or line.label:
            continue
        if words.seat.match(bare):
            seat = seat or tidy(_cased(bare))
        elif words.body.search(bare) and body and saying("held", "organ", "en").match(bare):
            return f"{tidy(_cased(bare))} of {body}"
        elif words.body.search(bare):
            body = body or tidy(_cased(bare))
    if body and seat and _unnamed(body):
        return f"{body} of {seat}"
    return body or seat


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
