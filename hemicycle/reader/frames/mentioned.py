"""Meetings merely mentioned, why this one was convened, which earlier decisions it cites, whether it has ended."""

from collections.abc import Iterator

from hemicycle.reader.dates import dates
from hemicycle.reader.frames.held import Held, anchor_of
from hemicycle.reader.identity import same_body
from hemicycle.reader.naming import Named, meeting_named
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import Claim, Label

MOST = 60  # Meetings that a page may mention.
TEASED = 40  # Teasers that are looked at.


def claims(text: Text) -> Iterator[Claim]:
    """Claims “mentioned”, “purpose”, “earlier_decision”, “meeting.ended”, “meeting.month”."""
    yield from _mentioned(text)
    yield from _told(text)
    yield from _teased(text)
    yield from _month(text)


def _mentioned(text: Text) -> Iterator[Claim]:
    """Other meetings that the article names by number or by the time that has passed."""
    held: Held | None = text.facts.get("held")
    pattern = saying("mentioned", "meeting", text.language)
    seen: set[tuple[object, ...]] = set()
    for sentence in text.sentences:
        for found in pattern.finditer(sentence.text):
            named = meeting_named(found["name"], text.language)
            key = (named.body, named.term_ordinal, named.meeting_ordinal) if named else ()
            if not named or named.meeting_ordinal is None or key in seen or (held and _same(named, held.named)):
                continue
            seen.add(key)
            since = saying("mentioned", "since", text.language).search(sentence.text[: found.start()])
            value = _value(named) | {"since": plain(since["span"]) if since else None}
            at = sentence.start + found.start()
            yield text.claim(
                "mentioned", value, sentence.passage, at, at + len(found[0]), 0.7, "mentioned", found["name"]
            )
            if len(seen) >= MOST:
                return


def _same(named: Named, held: Named) -> bool:
    """Whether a mention speaks of the meeting itself."""
    if named.meeting_ordinal != held.meeting_ordinal:
        return False
    terms = named.term_ordinal is None or held.term_ordinal is None or named.term_ordinal == held.term_ordinal
    return terms and (not named.body or not held.body or same_body(named.body, held.body) or named.kind == held.kind)


def _value(named: Named) -> dict[str, object]:
    return {
        "name": named.original,
        "body": named.body,
        "term_ordinal": named.term_ordinal,
        "meeting_ordinal": named.meeting_ordinal,
        "kind": named.kind,
        "start": None,
    }


def _told(text: Text) -> Iterator[Claim]:
    """The purpose, the decisions cited, and that the meeting goes on."""
    for sentence in text.sentences:
        for field in ("purpose", "earlier_decision"):
            for rule in fitting(field, text.language, sentence.low):
                if found := rule.search(sentence.text, sentence.low):
                    value = plain(found["what"]).strip(" .,;")
                    yield text.claim_sentence(field, value, sentence, 0.75, rule.name)
                    break
        for rule in fitting("goes_on", text.language, sentence.low):
            if rule.search(sentence.text, sentence.low):
                yield text.claim_sentence("meeting.ended", bool(not rule), sentence, 0.8, rule.name)
                break


def _teased(text: Text) -> Iterator[Claim]:
    """Meetings that other articles, only announced here, are about: names, never dates."""
    pattern = saying("mentioned", "meeting", text.language)
    teasers = [b for b in text.page.blocks if b.label is Label.TEASER and b.repeats is None][:TEASED]
    for index, block in enumerate(teasers):
        words = text.page.text[block.span.start : block.span.end].replace("\n", " ")
        if (found := pattern.search(words)) and (named := meeting_named(found["name"], text.language)):
            if named.meeting_ordinal is None or not named.body:
                continue
            passage = Passage(index, words, block.span.start, front=True)
            value = _value(named) | {"since": None, "teaser": True}
            yield text.claim(
                "mentioned", value, passage, found.start(), found.end(), 0.4, "mentioned.teaser", found["name"]
            )


def _month(text: Text) -> Iterator[Claim]:
    """The month, where the page gives no more: “the December 2023 Plenum”."""
    held: Held | None = text.facts.get("held")
    if held is None or any(f.first for f in held.days if f.kind in {"day", "range"}):
        return
    found = saying("mentioned", "month", text.language).search(held.passage.text[held.start : held.end])
    if found and not list(dates(found[0], text.language, anchor_of(text))):
        at = held.start + found.start()
        value = plain(f"{found['month']} {found['year']}")
        yield text.claim("meeting.month", value, held.passage, at, at + len(found[0]), 0.6, "mentioned.month")
