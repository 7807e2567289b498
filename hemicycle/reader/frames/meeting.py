"""Which meeting the page reports: its body, term, number, kind, days and place."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from hemicycle.reader.dates import dates
from hemicycle.reader.frames.headers import in_headers
from hemicycle.reader.frames.held import HOUR, Held, anchor_of, held_words, in_prose, place_in, read_dateline
from hemicycle.reader.identity import compared, number, tidy
from hemicycle.reader.passages import Text
from hemicycle.reader.patterns import saying
from hemicycle.reader.shape import Claim

LONGEST = timedelta(days=40)  # No meeting that a page reports takes longer.
WEAK = frozenset({None, "meeting", "assembly"})  # Kinds that may be but the body's own word.
NEAR = 4  # Passages within which a better word for the kind may stand.
EARLY = 12  # Sentences within which the place may be told.


def claims(text: Text) -> Iterator[Claim]:
    """Claims of the field group “meeting.…”."""
    read_dateline(text)
    candidates = sorted([*in_headers(text), *in_prose(text)], key=lambda held: -held.weight)
    if not candidates:
        yield from _place_elsewhere(text)
        return
    best = candidates[0]
    text.facts["held"] = best
    text.facts["candidates"] = candidates
    yield from _identity(text, best, candidates)
    yield from _days(text, best, candidates)
    if place := next((held for held in candidates if held.place), None):
        yield _made(text, "meeting.place", HOUR.sub("", place.place), place, 0.7)
    else:
        yield from _place_elsewhere(text)


def _place_elsewhere(text: Text) -> Iterator[Claim]:
    """Where the place stands in another early sentence that speaks of the meeting."""
    words = held_words(text.language)
    for sentence in text.sentences[:EARLY]:
        if len(sentence.text) > 1200 or not words.gathered.search(sentence.text) or words.other.search(sentence.text):
            continue
        line = text.facts.get("dateline") if not sentence.start and not sentence.passage.index else None
        if place := place_in(sentence.text[line.end if line else 0 :], text.language):
            yield text.claim_sentence("meeting.place", HOUR.sub("", place), sentence, 0.6, "place.sentence")
            return


def _made(text: Text, name: str, value: object, held: Held, confidence: float, original: str = "") -> Claim:
    return text.claim(name, value, held.passage, held.start, held.end, confidence, held.rule, original)


def _identity(text: Text, best: Held, candidates: list[Held]) -> Iterator[Claim]:
    """Body, ordinals, kind: from the surest place, filled from others that speak of the same meeting."""
    alike = [best, *(other for other in candidates[1:] if _near(other) and _agrees(best, other, text.language))]
    if body := max(alike[:4], key=lambda held: _fullness(held, best), default=best).named.body:
        body = text.body = _owned(text, body)
        told = next((held for held in alike if held.named.body and held.named.body in body), best)
        yield _made(text, "meeting.body", body, told, 0.8, told.named.original)
    for key in ("term_ordinal", "meeting_ordinal", "kind", "sitting_day"):
        if place := _filling(alike, best, key):
            yield _made(text, f"meeting.{key}", getattr(place.named, key), place, 0.8, place.named.original)
    if not any(_fills(held, best, "kind") for held in alike):
        yield _made(text, "meeting.kind", "meeting", best, 0.5)
    if place := next((held for held in alike if held.named.enlarged), None):
        yield _made(text, "meeting.enlarged", bool(place), place, 0.9, place.named.original)


def _filling(alike: list[Held], best: Held, key: str) -> Held | None:
    """The surest place that says this; of kinds, one that says more than the body's own word."""
    filling = [held for held in alike if _fills(held, best, key)]
    if key == "kind":
        telling = [held for held in alike if held.named.kind not in WEAK and held.passage.index < NEAR]
        return next(iter(telling if filling and filling[0].named.kind in WEAK else filling), next(iter(filling), None))
    return next(iter(filling), None)


def _owned(text: Text, body: str) -> str:
    """An organ named alone, with the organisation that published the page, where that is no newspaper."""
    owner = text.page.source_name or ""
    alone = saying("held", "organ_alone", text.language).fullmatch(body)
    if not alone or not saying("held", "owned", text.language).search(owner) or body.casefold() in owner.casefold():
        return body
    return f"{body} of {tidy(owner.title() if owner.isupper() else owner)}"


def _fills(held: Held, best: Held, key: str) -> bool:
    """Whether a place says this; the loose word “session” of another place says no kind."""
    value = getattr(held.named, key)
    return value is not None and (held is best or value not in {"session", "assembly"})


def _near(held: Held) -> bool:
    """Whether a place may fill what the surest does not say: a header, or early prose that names the body."""
    return held.passage.front or held.passage.index < 4 or bool(held.named.body)


def _agrees(best: Held, other: Held, language: str) -> bool:
    """Whether two places may speak of one meeting: no number contradicts, and the bodies share a word."""
    for key in ("term_ordinal", "meeting_ordinal", "sitting_day"):
        one, two = getattr(best.named, key), getattr(other.named, key)
        if one is not None and two is not None and one != two:
            return False
    if best.named.body and other.named.body:
        mine, yours = compared(best.named.body, language).split(), compared(other.named.body, language).split()
        return bool(set(mine) & set(yours))
    return True


def _fullness(held: Held, best: Held) -> tuple[bool, float]:
    """A body named in full is better than “the Council”; among equals the surest place."""
    listed = (held.named.body or "").split()
    return len(listed) > 1, held.weight + (held is best)


def _days(text: Text, best: Held, candidates: list[Held]) -> Iterator[Claim]:
    """First and last day that this text covers; no last day where the meeting has only opened."""
    for held in sorted(candidates, key=lambda held: (not _dated(held, best), held is not best, -held.weight)):
        if held.named.body and not _agrees(best, held, text.language):
            continue
        found = _day_of(held)
        if found is None:
            continue
        first, last = found
        if first == last and (earlier := _opening_day(text, held, first)):
            first = earlier
        if first == last and (length := days_told(text, held)):
            first = last - timedelta(days=length - 1)
        yield _made(text, "meeting.start", first.isoformat(), held, 0.8)
        if first == last and (closed := _closing_day(text, best, first) or _closed_on(text, candidates, first)):
            last = closed
        if not (_only_opened(text, best, candidates) and first == last and best.named.sitting_day is None):
            yield _made(text, "meeting.end", last.isoformat(), held, 0.8)
        return
    if best.days and best.days[0].kind == "weekday":
        day = best.days[0]
        yield text.claim(
            "meeting.weekday", best.passage.text[day.start : day.end], best.passage, day.start, day.end, 0.6, best.rule
        )


def _dated(held: Held, best: Held) -> bool:
    """Whether a place nearly as sure as the surest gives a written date; a weekday only fills where none does."""
    return held.weight > best.weight - 5 and any(f.first and f.kind in {"day", "range"} for f in held.days)


def _closing_day(text: Text, best: Held, first: date) -> date | None:
    """The later day on which a meeting that had opened is told to have closed."""
    if not best.opened:
        return None
    closing = saying("held", "closing", text.language)
    for sentence in text.sentences[:25]:
        if found := closing.search(sentence.text):
            later = dates(sentence.text[found.end() : found.end() + 60], text.language, anchor_of(text))
            day = next((f.last for f in later if f.last), None)
            if day and first < day:
                return day
    return None


def _closed_on(text: Text, candidates: list[Held], first: date) -> date | None:
    """The later day that another place gives on which the meeting closed: “delegates ended the congress today”."""
    for held in () if text.facts.get("minutes") else candidates:
        found = _day_of(held) if held.closed and held.named.sitting_day is None else None
        if found and timedelta(0) < found[1] - first < LONGEST:
            return found[1]
    return None


def _opening_day(text: Text, held: Held, last: date) -> date | None:
    """The earlier day on which a meeting told to have closed had opened."""
    if not held.closed or held.named.sitting_day is not None:
        return None
    beginning = saying("held", "beginning", text.language)
    for sentence in text.sentences[:8]:
        if found := beginning.search(sentence.text):
            told = dates(sentence.text[found.end() : found.end() + 40], text.language, anchor_of(text))
            day = next((f.first for f in told if f.first), None)
            if day and timedelta(0) < last - day < LONGEST:
                return day
    return None


def days_told(text: Text, held: Held) -> int:
    """how many days it took, where it is told to have ended: “the four-day session closed”."""
    told = text.page.article.text[:3000]
    ended = held.closed or saying("held", "last_day", text.language).search(told) is not None
    if not ended or held.named.sitting_day is not None:
        return 0
    found = saying("held", "days", text.language).search(told)
    count = number(found["days"], text.language) if found else None
    return count if count and count < 40 else 0


def _day_of(held: Held) -> tuple[date, date] | None:
    """The day or days a place gives: a written date before a weekday, a range before a day."""
    full = [f for f in held.days if f.first and f.last and f.kind in {"day", "range"}]
    near = [f for f in held.days if f.first and f.last and f.kind in {"weekday", "relative"}]
    for found in [*full, *near]:
        if found.first and found.last:
            return found.first, found.last
    return None


def _only_opened(text: Text, best: Held, candidates: list[Held]) -> bool:
    """Whether the text tells of an opening and of no closing."""
    if not best.opened or any(held.closed for held in candidates):
        return False
    return not re.search(r"\b(?:closed|adjourned|concluded|ended|came to (?:a close|an end))\b", text.page.article.text)
