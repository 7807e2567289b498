"""What was discussed, item by item, with what came of it; speeches in writing; approvals of a conclusion."""

import re
from collections.abc import Iterator

from hemicycle.reader.frames.agenda import Item
from hemicycle.reader.frames.decided import how_of
from hemicycle.reader.identity import ordinal
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import TEXT_LOST, Claim


def claims(text: Text) -> Iterator[Claim]:
    """Claims “discussed” {what, item, outcome} and “speeches” {form, item}."""
    for sentence in text.sentences:
        if len(sentence.text) > 2500:
            continue
        for rule in fitting("discussed", text.language, sentence.low):
            for found in rule.pattern.finditer(sentence.text):
                value = _value(text, sentence, found)
                if value["what"]:
                    yield text.claim_sentence("discussed", value, sentence, 0.7, rule.name)
                    yield from _as_agenda(text, sentence, str(value["what"]))
        for rule in fitting("speeches", text.language, sentence.low):
            if told := rule.search(sentence.text, sentence.low):
                speeches = {"form": plain(told["form"]).casefold(), "item": item_named(sentence.text, text)}
                yield text.claim_sentence("speeches", speeches, sentence, 0.7, rule.name)
                break


def _value(text: Text, sentence: Sentence, found: re.Match[str]) -> dict[str, object]:
    """What was discussed, under which item, and what came of it: nothing stated is None, a broken end is said so."""
    what = plain(found["what"]).strip(" ,.;")
    verb = found.group("verb").casefold()
    after = sentence.text[found.end() :]
    lost = not sentence.text.rstrip().endswith((".", "!", "?", "”", '"', ":"))
    outcome = None
    if "decided" in verb or "adopted" in verb:
        outcome = "decided"
    elif told := saying("discussion", "outcome", text.language).match(after):
        outcome = how_of(told[0], text.language) or ("adopted" if told["rest"].strip() else None)
    if lost and saying("discussion", "breaks_off", text.language).search(after):
        outcome = TEXT_LOST
    return {"what": what, "item": item_named(found[0], text), "outcome": outcome}


def _as_agenda(text: Text, sentence: Sentence, what: str) -> Iterator[Claim]:
    """“discussed the issue of this, the issue of that”: items of the agenda, where no agenda is announced."""
    issue = saying("discussion", "issue", text.language)
    if not issue.match(what) or text.facts.get("items") or text.facts.get("minutes"):
        return
    for item in saying("discussion", "issues", text.language).split(what):
        found = issue.match(item)
        yield text.claim_sentence("agenda", item[found.end() :] if found else item, sentence, 0.55, "agenda.discussed")


def item_named(words: str, text: Text) -> int | None:
    """The number of the agenda item that the words name, by number or by its own words."""
    if found := saying("discussion", "item", text.language).search(words):
        return ordinal(found["number"], text.language)
    items: list[Item] = [item for item in text.facts.get("items", []) if item.number.isdigit()]
    for item in items:
        if len(item.text) > 15 and item.text.casefold() in plain(words).casefold():
            return int(item.number)
    return None
