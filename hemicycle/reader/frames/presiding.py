"""Who presided, or, where nobody is said to, who guided or convened; and on whose authorization."""

import re
from collections.abc import Iterator

from hemicycle.reader.frames.agenda import Item
from hemicycle.reader.identity import tidy
from hemicycle.reader.names import full_name, people, who
from hemicycle.reader.passages import Text, plain
from hemicycle.reader.patterns import fitting, labels
from hemicycle.reader.shape import Claim

HEADER = 25  # Passages at the head of minutes within which a label “Chair:” speaks of the whole meeting.
_DEPUTY = re.compile(r"(?:,|;|/|&|\band\b)[^,;/&()]{2,60}\((?:vice|deputy)\b[^()]{0,40}\)", re.IGNORECASE)
TOGETHER = 3  # A meeting has at most so many chairs; what names more is a list of something else.


def claims(text: Text) -> Iterator[Claim]:
    """One claim for each person of the best rank, and one for the authorization."""
    found = sorted([*_labelled(text), *_told(text)], key=lambda entry: (entry[0], entry[1].span.start))
    chairs: list[str] = []
    for rank, claim in found:
        if rank != found[0][0] or str(claim.value) in chairs:
            continue
        if chairs and claim.rule != found[0][1].rule and not _same_line(claim, found[0][1]):
            continue
        if len(chairs) < TOGETHER:
            chairs.append(str(claim.value))
            yield claim
    text.chair = chairs[0] if chairs else ""
    yield from _authorization(text)


def _same_line(one: Claim, other: Claim) -> bool:
    return one.line == other.line


def _labelled(text: Text) -> Iterator[tuple[float, Claim]]:
    """“Chair: …” at the head of minutes."""
    listed = labels(text.language)
    items: list[Item] = text.facts.get("items", [])
    for place, passage in enumerate((*text.front, *text.passages[:HEADER])):
        if items and not passage.front and passage.index > items[0].passage.index + 2:
            return
        name = (passage.label or passage.body).strip(" .:").casefold()
        if listed.get(name, {}).get("role") != "presiding" or len(name) > 40:
            continue
        body, last = passage.body if passage.label else "", passage
        if not body.strip():
            after = place + 1 - len(text.front)
            last = text.passages[after] if 0 <= after < len(text.passages) else passage
            body = last.text if last is not passage and len(last.text) < 80 else ""
        if not re.search(r"\b(?:please|will|is|was|to|the)\b", body):
            for found in _several(body, text.language):
                yield 1.0, text.claim("presided_by", found, last, 0, len(last.text), 0.9, "label.chair")


def _several(phrase: str, language: str) -> list[str]:
    """The people a label names: parted by commas, “and” or strokes."""
    phrase = _DEPUTY.sub("", plain(phrase))
    phrase = re.sub(r"\([^()]{0,80}\)", "", phrase)
    if len(phrase) > 200:
        return []
    named = [name for piece in re.split(r",|;|/|&|\band\b", phrase) for name in people(piece, language)[:1]]
    return named[:TOGETHER] or ([tidy(phrase)] if 0 < len(phrase) < 60 and len(phrase.split()) < 4 else [])


def _told(text: Text) -> Iterator[tuple[float, Claim]]:
    """Sentences of the article."""
    for sentence in text.sentences:
        told = False
        for rule in fitting("presiding", text.language, sentence.low):
            if told and not rule.says.get("joins"):
                continue
            if rule.says.get("joins") and not told:
                continue
            if rule.says.get("only") == "minutes" and not text.facts.get("minutes"):
                continue
            found = rule.search(sentence.text, sentence.low)
            if not found or _hypothetical(sentence.text[: found.end()]) or _within(sentence.text, found):
                continue
            for name in who(found["chair"], text.language)[:TOGETHER]:
                told = True
                claim = text.claim_sentence(
                    "presided_by", _resolved(name, text), sentence, 0.9, rule.name, found["chair"]
                )
                yield float(rule.says.get("rank", 1)), claim


def _within(words: str, found: re.Match[str]) -> bool:
    """Whether what was taken for a person is the end of a body's name: the Bureau of the Central Committee."""
    start = found.start("chair")
    return start == found.start() and re.search(r"\bof (?:the )?$", words[max(0, start - 8) : start]) is not None


def _hypothetical(before: str) -> bool:
    """Whether the chair of another meeting or of a time to come is meant."""
    return (
        re.search(r"\b(?:will|would|shall|to be|previous|next|last) (?:\w+ ){0,2}(?:chair|preside)", before) is not None
    )


def _resolved(name: str, text: Text) -> str:
    """A surname with its full name; an office (“the Mayor”) as the person to whom the page gives it once."""
    if people(name, text.language):
        return full_name(name, text)
    word = re.escape(name.rsplit(maxsplit=1)[-1])
    pattern = re.compile(rf"([A-Z][^,;:()\n]{{3,60}}?)\s*(?:\((?:the )?{word}\)|,\s*(?:the )?{word}\b)", re.IGNORECASE)
    found = {
        person
        for match in pattern.finditer(text.page.article.text[:6000])
        for person in people(match[1], text.language)[-1:]
    }
    beside = re.compile(rf"\b{word},\s+([^.;:\n]{{3,60}})", re.IGNORECASE)  # The President, Ada Okoro, …
    head = text.page.article.text[:6000]
    found = found or {one for match in beside.finditer(head) for one in people(match[1], text.language)[:1]}
    return found.pop() if len(found) == 1 else name


def _authorization(text: Text) -> Iterator[Claim]:
    """On whose authorization the chair was taken."""
    about = re.compile(r"\b(?:presid|chair|guid|conven|conduct)", re.IGNORECASE)
    for sentence in text.sentences:
        if not about.search(sentence.text):
            continue
        for rule in fitting("authorization", text.language, sentence.low):
            if found := rule.search(sentence.text, sentence.low):
                value = tidy(
                    re.sub(r",?\s+(?:presided|chaired|conducted|guided|led|convened|directed)\b.*", "", found["who"])
                )
                yield text.claim_sentence("authorized_by", value, sentence, 0.9, rule.name, found["who"])
                return
