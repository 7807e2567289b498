"""Who reported, concluded, opened and closed with an address, or presented; not speeches from the floor."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from hemicycle.reader.frames.agenda import Item
from hemicycle.reader.identity import ordinal
from hemicycle.reader.names import full_name, people, who
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import Rule, fitting, part, saying
from hemicycle.reader.sentences import sentences
from hemicycle.reader.shape import Claim

_PRESENTER = re.compile(r"\((?P<by>[^()]{2,80}?)[,;:]?\s*\d{1,3}\s?min(?:ute)?s?\)$")
_OF = re.compile(r"\bof (?:the )?$")  # The Bishop of Vestra, Anneli Strand, …
UNDER = 12  # Passages under a heading that may tell who reported.
FIRST = 3  # Sentences under it that may.


def claims(text: Text) -> Iterator[Claim]:
    """Rows {by, on}."""
    headed = [*_in_headings(text)] if text.facts.get("minutes") else []
    named = {(item.passage.index, name) for item, name, _claim in headed}
    told = [claim for index, claim in _told(text) if (index, claim.value["by"]) not in named]
    told += [claim for _item, _name, claim in headed]
    yield from sorted(told, key=lambda claim: claim.span)
    lines = {claim.line for claim in told}
    yield from _under_labels(text, lines)
    yield from _under_headings(text, lines)


def _in_headings(text: Text) -> Iterator[tuple[Item, str, Claim]]:
    """“Charter (R. Ode, 10 min)”: the heading itself says who presents."""
    items: list[Item] = text.facts.get("items", [])
    for item in items:
        found = _PRESENTER.search(item.passage.text)
        if found is None or item.passage.front or not item.passage.is_heading:
            continue
        for name in people(found["by"], text.language)[:2]:
            full = full_name(name, text)
            value = {"by": full, "on": item.text}
            claim = text.claim("reports", value, item.passage, 0, len(item.passage.text), 0.75, "reports.heading")
            yield item, full, claim


def _told(text: Text) -> Iterator[tuple[int, Any]]:
    """Sentences that say who reported, each with the passage of the item that it stands under."""
    seen: set[tuple[str, str]] = set()
    current = 0
    here = "minutes" if text.facts.get("minutes") else "prose"
    for sentence in text.sentences:
        current = _item_number(text, sentence) or current
        if len(sentence.text) > 2500:
            continue
        first = ""
        for rule in fitting("reports", text.language, sentence.low):
            if not rule.says.get("also") and bool(rule.says.get("follows")) != bool(first):
                continue
            if rule.says.get("only", here) != here:
                continue
            if not rule.meets("hint", sentence.low):
                continue  # Cheaper to see than the pattern itself.
            found = rule.search(sentence.text, sentence.low)
            value = _row(text, sentence, found, rule, first, current) if found else None
            again = value and ((rule.says.get("also") and value["by"] == first) or (seen and _nameless(value, text)))
            if value and not again and (value["by"], value["on"]) not in seen:
                first = value["by"]
                seen.add((value["by"], value["on"]))
                sure = float(rule.says.get("confidence", 0.75))
                above = _above(text, sentence)
                claim = text.claim_sentence("reports", value, sentence, sure, rule.name)
                yield above.passage.index if above else -1, claim


def _nameless(value: dict[str, str], text: Text) -> bool:
    """“In his report the chairman said …” speaks of a report that was told before: neither has a name of its own."""
    bare = saying("reports", "nameless", text.language).fullmatch(value["on"])
    return bare is not None and not people(value["by"], text.language)


def _under_labels(text: Text, lines: set[int]) -> Iterator[Claim]:
    """“Treasurer's report: Mia Falk said …”, where none is told to have reported there."""
    for passage in text.passages if text.facts.get("minutes") else ():
        if not passage.label or not saying("reports", "officers_item", text.language).search(passage.label):
            continue
        if text.line(text.span(passage, 0, 1).start) not in lines:
            yield from _first_teller(text, text.sentences_of(passage)[:1], passage.label, "reports.label")


def _under_headings(text: Text, lines: set[int]) -> Iterator[Claim]:
    """Who speaks first under an item that is itself a report, where none is told to have reported there."""
    items: list[Item] = text.facts.get("items", []) if text.facts.get("minutes") else []
    for place, item in enumerate(items):
        heading = item.text.strip(" .:")
        if item.passage.front or not saying("reports", "officers_item", text.language).search(heading):
            continue
        after = items[place + 1].passage.index if place + 1 < len(items) else len(text.passages)
        under = text.passages[item.passage.index + 1 : min(after, item.passage.index + UNDER)]
        named = next((p for p in under[:1] if p.label and len(people(p.label, text.language)) == 1), None)
        if named and text.line(text.span(named, 0, 1).start) not in lines:
            value = {"by": plain(named.label), "on": heading}
            yield text.claim("reports", value, named, 0, len(named.text), 0.6, "reports.labelled")
        elif not any(text.line(text.span(p, 0, 1).start) in lines for p in under):
            there = (sentence for passage in under for sentence in text.sentences_of(passage))
            yield from _first_teller(text, islice(there, FIRST), heading, "reports.heading")


def _first_teller(text: Text, there: Iterable[Sentence], heading: str, rule: str) -> Iterator[Claim]:
    """The first of these sentences that begins with who speaks."""
    opens = saying("reports", "teller", text.language)
    for sentence in there:
        found = opens.match(sentence.text)
        if found and (by := _apposed(sentence, found, text) or _by(found["by"], text, sentence)):
            yield text.claim_sentence("reports", {"by": by, "on": heading}, sentence, 0.6, rule)
            return


def _item_number(text: Text, sentence: Sentence) -> int:
    """The item that the sentence names by number, from where it is under discussion."""
    found = saying("discussion", "item", text.language).search(sentence.text) if len(sentence.text) < 2500 else None
    return (ordinal(found["number"], text.language) or 0) if found else 0


def _row(
    text: Text, sentence: Sentence, found: re.Match[str], rule: Rule, first: str, current: int
) -> dict[str, str] | None:
    """One row, or nothing where no reporter is named; the item that it names by number stands beside."""
    said = {key: value or "" for key, value in found.groupdict().items()}
    by = first if rule.says.get("follows") else _by(said.get("by", ""), text, sentence)
    placed = by and _OF.search(sentence.text[: max(found.start("by"), 0)] if "by" in said else "")
    if by and (placed or not people(said.get("by", ""), text.language)):
        by = _apposed(sentence, found, text) or by
    if not by:
        return None
    above = _item_above(text, sentence)
    named = above and not saying("reports", "nameless", text.language).fullmatch(_on(above))
    if (
        named
        and saying("reports", "officers_item", text.language).search(above.strip(" .:"))
        and _small(said.get("on"))
    ):
        return {"by": by, "on": above}
    if named and rule.says.get("clause") and saying("reports", "heading", text.language).search(above):
        return {"by": by, "on": above}
    about = _on(said.get("on", "")) or _named_report(said.get("np", ""), text)
    about = about or str(rule.says.get("on", "")) or above or _on(said.get("what", "")) or _on(said.get("np", ""))
    if above and saying("reports", "bare", text.language).fullmatch(about):
        about = above
    value = {"by": by, "on": about}
    items: list[Item] = text.facts.get("items", [])
    if saying("reports", "by_number", text.language).fullmatch(about) and 0 < current <= len(items):
        value["item"] = items[current - 1].text
    return value


def _small(about: str | None) -> bool:
    """Whether what was reported on has no name of its own: “the events of the year”, not “the Budget”."""
    return re.search(r"(?<=\w\s)[A-Z]", about or "") is None


def _apposed(sentence: Sentence, found: re.Match[str], text: Text) -> str:
    """The name that stands beside an office: the treasurer, Mia Falk, presented …"""
    if "by" not in found.groupdict() or found.start("by") < 0:
        return ""
    beside = _beside(text.language).match(sentence.text, found.end("by"))
    return full_name(beside[1], text) if beside else ""


@cache
def _beside(language: str) -> re.Pattern[str]:
    return re.compile(rf",\s+(?:the\s+)?({part('name', language)}),\s")


def _named_report(phrase: str, text: Text) -> str:
    """The report by its own name, where it has one: the audit findings report, the closing address."""
    name = _on(phrase)
    return "" if saying("reports", "nameless", text.language).fullmatch(name) else name


def _named_before(text: Text, sentence: Sentence) -> str:
    """Whom the sentences before it in the same paragraph name first, the nearest of them."""
    before = sentence.passage.text[max(0, sentence.start - 400) : sentence.start]
    named = [people(before[start:end], text.language) for start, end in sentences(before, text.language)]
    return next((full_name(found[0], text) for found in reversed(named) if found), "")


def _by(phrase: str, text: Text, sentence: Sentence) -> str:
    """The reporter by name, a surname filled up; “he” is the speaker named before, the chair where none is."""
    phrase = plain(phrase)
    if re.fullmatch(r"(?:he|she)", phrase.strip(), re.IGNORECASE):
        return _named_before(text, sentence) or text.chair
    if saying("reports", "officer_of", text.language).fullmatch(phrase.strip()):
        return phrase.strip()
    listed = who(phrase, text.language)
    if not listed:
        officer = saying("reports", "officer", text.language).fullmatch(phrase.strip())
        return phrase.strip() if officer else ""
    courtesy = re.match(part("courtesy", text.language) + r"\.?(?=\s)", listed[0])
    full = full_name(listed[0], text)
    return f"{courtesy[0]} {full}" if courtesy and not full.startswith(courtesy[0]) else full


def _on(phrase: str) -> str:
    """The subject, up to where the sentence goes on."""
    phrase = saying("reports", "after", "en").split(plain(phrase), maxsplit=1)[0]
    named = re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase.strip(" .,:;-")).strip()
    return "" if named.startswith("behalf of") else named


def _item_above(text: Text, sentence: Sentence) -> str:
    """The words of the item under which the sentence stands."""
    above = _above(text, sentence) if text.facts.get("minutes") else None
    return above.text if above else ""


def _above(text: Text, sentence: Sentence) -> Item | None:
    """The item under which the sentence stands."""
    items: list[Item] = text.facts.get("items", [])
    above = [item for item in items if item.passage.index <= sentence.passage.index and not item.passage.front]
    return above[-1] if above else None
