"""What a magazine or bulletin says of itself: series, number, year, ISSN, publisher, languages. Holds of any page."""

import re
from collections.abc import Iterator

from hemicycle.reader.dates import juche_year
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import saying
from hemicycle.reader.shape import Claim, Label

LOOKED_AT = 120  # Blocks of front matter and colophon that are read.
KEYS = ("issn", "number", "special", "year", "publisher", "series", "languages")


def claims(text: Text) -> Iterator[Claim]:
    """Claims “issue.issn”, “issue.number” and so on, each once."""
    seen: set[str] = set()
    kept = [b for b in text.page.blocks if b.label in {Label.FRONT, Label.MASTHEAD, Label.COLOPHON}][:LOOKED_AT]
    for index, block in enumerate(kept):
        words = text.page.text[block.span.start : block.span.end].replace("\n", " ")
        passage = Passage(index, words, block.span.start, front=True)
        for key in KEYS:
            found = saying("issue", key, text.language).search(words) if key not in seen else None
            if found is None:
                continue
            seen.add(key)
            value = _value(key, found)
            if value:
                yield text.claim(f"issue.{key}", value, passage, found.start(), found.end(), 0.8, f"issue.{key}")


def _value(key: str, found: re.Match[str]) -> object:
    said = plain(found["what"]).strip(" .,:")
    if key == "year":
        return juche_year(found[0]) or int(re.sub(r"\D", "", said)[-4:] or 0)
    if key == "languages":
        return [part.strip() for part in re.split(r",\s*|\s+and\s+", said) if part.strip()]
    return said
