"""What was achieved: successes told, successes listed against an earlier decision, projects complete and under way."""

import re
from collections.abc import Iterator

from hemicycle.reader.frames.plans import parts_of
from hemicycle.reader.frames.tasks import sectors
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import Block, Claim, Label

LISTED = 30  # Captions that may stand below a heading of successes.


def claims(text: Text) -> Iterator[Claim]:
    """Claims “success” {what, sectors, against} and “project” {what, state}."""
    yield from _told(text)
    yield from _listed(text)
    yield from _projects(text)


def _told(text: Text) -> Iterator[Claim]:
    """Sentences of the article that tell of successes; tasks are none."""
    tasks: set[tuple[int, int]] = text.facts.get("tasks", set())
    for sentence in text.sentences:
        if (sentence.passage.index, sentence.start) in tasks:
            continue
        for rule in fitting("success", text.language, sentence.low):
            if rule.search(sentence.text, sentence.low):
                yield text.claim_sentence("success", _value(sentence.text, None, text), sentence, 0.6, rule.name)
                break


def _value(words: str, against: str | None, text: Text) -> dict[str, object]:
    found = saying("plans", "fields", text.language).search(words)
    fields = parts_of(found["list"]) if found else []
    return {"what": plain(words), "sectors": sectors(words, text.language), "fields": fields, "against": against}


def _listed(text: Text) -> Iterator[Claim]:
    """Captions or paragraphs below a heading “Successes in carrying out the decisions of …”."""
    heading = saying("successes", "heading", text.language)
    blocks = text.page.blocks
    for place, block in enumerate(blocks):
        words = _words(text, block)
        if len(words) > 250 or words.rstrip().endswith(".") or not (found := heading.search(words)):
            continue
        against = plain(found["against"]).strip(" .,")
        for index, below in enumerate(blocks[place + 1 : place + 1 + LISTED]):
            told = _words(text, below)
            if below.label in {Label.COLOPHON, Label.TEASER, Label.NAVIGATION} or not told.rstrip().endswith("."):
                break
            passage = Passage(index, told, below.span.start, front=True)
            yield text.claim("success", _value(told, against, text), passage, 0, len(told), 0.8, "success.listed")


def _words(text: Text, block: Block) -> str:
    return text.page.text[block.span.start : block.span.end].replace("\n", " ")


def _projects(text: Text) -> Iterator[Claim]:
    """What was completed and what is being built, each named."""
    for sentence in text.sentences:
        for rule in fitting("project", text.language, sentence.low):
            for found in rule.pattern.finditer(sentence.text):
                others = re.search(r"\band (?:other|others)\b", found["what"]) is not None
                for what in _named(found["what"]):
                    value = {"what": what, "state": rule.says["state"], "others": others}
                    yield text.claim_sentence("project", value, sentence, 0.6, rule.name)


def _named(listed: str) -> Iterator[str]:
    """The projects of a list, without “and other projects”."""
    for part in parts_of(re.split(r"\band others?\b", plain(listed), maxsplit=1)[0]):
        name = re.sub(r"^(?:the|a|an)\s+", "", part)
        if name:
            yield name
