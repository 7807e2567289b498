"""Plans and programmes, campaigns, slogans, deadlines, and the fields a text names one by one."""

import re
from collections.abc import Iterator

from hemicycle.reader.dates import dates
from hemicycle.reader.frames.held import anchor_of
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import Claim

FIELDS = ("plan", "campaign", "slogan")


def claims(text: Text) -> Iterator[Claim]:
    """Claims “plan”, “campaign”, “slogan” (each place once), “deadline” and “fields”."""
    for sentence in text.sentences:
        for field in FIELDS:
            seen: set[str] = set()
            for rule in fitting(field, text.language, sentence.low):
                for found in rule.pattern.finditer(sentence.text):
                    value = plain(found["what"]).strip(' ,.;-–—"“”')
                    if value.casefold() not in seen and len(value) < 200:
                        seen.add(value.casefold())
                        start, end = found.span("what")
                        at = sentence.start
                        yield text.claim(field, value, sentence.passage, at + start, at + end, 0.7, rule.name)
        yield from _deadlines(text, sentence)
        yield from _fields(text, sentence)


def _fields(text: Text, sentence: Sentence) -> Iterator[Claim]:
    """“the key sectors such as metal, coal and power”: which fields a wider field is made of."""
    found = saying("plans", "fields", text.language).search(sentence.text)
    if found and len(listed := parts_of(found["list"])) > 1:
        value = {"of": plain(found["of"]).strip(" ,"), "fields": listed}
        start, end = sentence.start + found.start(), sentence.start + found.end()
        yield text.claim("fields", value, sentence.passage, start, end, 0.7, "fields")


def _deadlines(text: Text, sentence: Sentence) -> Iterator[Claim]:
    """“by 1 May”, “not later than 15 June 2024”."""
    for found in saying("plans", "deadline", text.language).finditer(sentence.text):
        after = sentence.text[found.end() : found.end() + 40]
        day = next((f for f in dates(after, text.language, anchor_of(text)) if f.start < 6), None)
        if day and day.last:
            start, end = sentence.start + found.start(), sentence.start + found.end() + day.end
            yield text.claim("deadline", day.last.isoformat(), sentence.passage, start, end, 0.7, "deadline")


def parts_of(listed: str) -> list[str]:
    """The parts of “metal, chemistry, electric power, coal and machinery”."""
    pieces = re.split(r",\s+(?:and\s+)?|\s+and\s+(?!art\b)|;\s*", plain(listed))
    return [piece.strip(" .,") for piece in pieces if piece.strip(" .,")]
