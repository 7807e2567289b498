"""Sentences that tell who attended, by class and mode."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hemicycle.reader import lexicon
from hemicycle.reader.names import people, person
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import Saying, compiled, fitting, saying
from hemicycle.reader.shape import Claim


def row(category: str, who: str, mode: str | None) -> dict[str, Any]:
    """One row of the flat shape, with the groups that the words name one by one."""
    return {"category": category, "who": who, "mode": mode, "groups": groups_of(who)}


def groups_of(who: str) -> list[str]:
    """The groups of a phrase: parted by commas, and by “and” where both sides are groups of their own."""
    groups: list[str] = []
    for piece in re.split(r",\s+(?:and\s+)?|;\s+", who):
        kept = ""
        for part in re.split(r"\s+and\s+", piece):
            joined = f"{kept} and {part}" if kept else part
            if kept and len(kept.split()) > 2 and len(part.split()) > 1:
                groups.append(kept)
                kept = part
            else:
                kept = joined
        if kept.strip():
            groups.append(kept.strip())
    return groups


def lists_people(words: str, language: str) -> bool:
    """Whether a line is a list of people: “Board: Ann Poe (Chair), Tom Roe” names no board."""
    return words.count(",") > 0 and len(people(words[:400], language)) > 1


def told_of(text: Text) -> Iterator[Claim]:
    """Sentences that tell who attended."""
    last: str = ""
    for sentence in text.sentences:
        if (
            sentence.passage.is_heading
            or len(sentence.text) > 2000
            or _words(text.language).other.stands(sentence.text, sentence.low)
        ):
            continue
        for clause in _clauses(sentence, text.language):
            made, last = _of_clause(text, sentence, clause, last)
            yield from made


def _clauses(sentence: Sentence, language: str) -> list[Sentence]:
    """The sentence, or its clauses where each tells of a class with a verb of its own."""
    begins = saying("attendance", "clause", language)
    if not begins.stands(sentence.text, sentence.low):
        return [sentence]
    at, clauses = 0, []
    for found in begins.finditer(sentence.text):
        if _words(language).verb.search(sentence.text[at : found.start()]):
            clauses.append((at, found.start()))
            at = found.end()
    clauses.append((at, len(sentence.text)))
    return [replace(sentence, text=sentence.text[a:b], low=sentence.low[a:b]) for a, b in clauses]


def _of_clause(text: Text, sentence: Sentence, clause: Sentence, last: str) -> tuple[list[Claim], str]:
    """The rows that a clause makes, and the class it told of last."""
    told: list[Claim] = []
    for rule in fitting("attendance", text.language, clause.low):
        joins = rule.says.get("more") or rule.says.get("same")
        if told and not joins:
            continue
        if not (found := rule.search(clause.text, clause.low)) or (rule.says.get("more") and not told):
            continue
        if not rule.meets("when", sentence.low):
            continue
        if rule.says.get("same") and not last:
            continue
        category = last if rule.says.get("same") else rule.says.get("category")
        made = [*_rows(text, found, category, str(rule.says.get("default", "")))]
        told.extend(text.claim_sentence("attendance", value, sentence, 0.8, rule.name) for value in made)
        last = str(made[-1]["category"]) if made else last
    return told, last


def _rows(text: Text, found: re.Match[str], category: str | None, default: str) -> Iterator[dict[str, Any]]:
    """The rows one sentence makes."""
    said = {key: value or "" for key, value in found.groupdict().items()}
    words = _words(text.language)
    who = plain(said.get("who") or said.get("who2") or said.get("count") or "").strip(" ,.:")
    own = words.elsewhere.split(said.get("rest", ""), maxsplit=1)[0]
    mode = mode_of(" ".join((said.get("mode", ""), own, said.get("where", ""))), text.language)
    if category is not None:
        yield from _given("regrets" if said.get("sent") == "regrets" else category, who, mode, words)
    elif fixed := _fixed(said.get("as", "")):
        if not words.common.search(who):
            yield row(fixed, _cut(who), mode)
    elif said.get("total"):
        yield from _counted(f"{who} of the {said['total']} {said['class']}", found.string, words, mode)
    elif not said.get("who"):
        for part in _parts(who, text, words):
            yield from _counted(part, found.string, words, mode)
    else:
        yield from _classed(_cut(who), text, words, mode, default)


def _classed(who: str, text: Text, words: "_Words", mode: str | None, default: str) -> Iterator[dict[str, Any]]:
    """A phrase of people by the classes its words name; one person with an office is the leader."""
    if words.common.search(who) or saying("attendance", "nobody", text.language).search(who):
        return
    if lead := _leader(who, text):
        yield row("leader", lead, mode)
        return
    told = saying("attendance", "public", text.language).search(who)
    if told and told.start() > 0:
        yield from _classed(who[: told.start()].strip(" ,;"), text, words, mode, default)
        yield row("public", told["public"], mode)
        return
    if len(parts := _parts(who, text, words)) > 1:
        for part in parts:
            yield from _classed(part, text, words, mode, default)
        return
    categories = _categories(who, words)
    if text.facts.get("minutes") and len(people(who, text.language)) > 1 and "members" in categories:
        categories = ["present"]
    if not categories:
        named = people(who, text.language)
        if default or (named and (len(named) <= 2 or text.facts.get("minutes"))):
            yield row(default or "present", who, mode)
        return
    kept = [c for c in categories if c in {"presidium members", "members", "alternate members"}]
    if kept and "public" not in categories and default != "present":
        yield from _memberships(who, kept, mode, text)
    else:
        yield row("public" if "public" in categories else default or categories[0], who, mode)


def _categories(who: str, words: "_Words") -> list[str]:
    """The classes that a phrase names; the associations that delegates represent are none."""
    found = [(match.start(), category) for pattern, category in words.classes if (match := pattern.search(who))]
    others = [place for place, category in found if category != "member associations"]
    return [
        category for place, category in found if category != "member associations" or not others or place < min(others)
    ]


def _parts(who: str, text: Text, words: "_Words") -> list[str]:
    """The phrase parted where another class begins: 240 delegates | 45 observers."""
    pieces = [piece for piece in saying("attendance", "parts", text.language).split(who) if piece]
    classes = [_categories(piece, words)[:1] for piece in pieces]
    return pieces if all(classes) and len({kind[0] for kind in classes if kind}) == len(pieces) else [who]


def _given(category: str, who: str, mode: str | None, words: "_Words") -> Iterator[dict[str, Any]]:
    """The row of a pattern that knows its category."""
    if category == "public" and "guests" in _categories(who, words):
        category = "guests"
    if category and who and not words.common.search(who):
        yield row(category, _cut(who), mode if category not in {"apologies", "regrets"} else None)


_BOTH = re.compile(r"(?:the )?((?:[\d,]+ )?(?:full )?members) and (?:the )?((?:[\d,]+ )?\w+ members) (of .+)$")


def _memberships(who: str, kept: list[str], mode: str | None, text: Text) -> Iterator[dict[str, Any]]:
    """Members and alternates of one phrase in a row each; the members of the Presidium in their own words."""
    pieces = re.split(r",?\s+and\s+(?=(?:the )?members\b)|,\s+(?=(?:the )?(?:alternate |candidate )?members\b)", who)
    first = pieces[0]
    if "presidium members" in kept and re.search(r"\bPresidium\b", first) and len(pieces) > 1:
        yield row("presidium members", first, mode)
        kept = [c for c in kept if c != "presidium members"]
        pieces = pieces[1:]
    for piece in pieces:
        mine = ["members"] if re.search(r"(?<!alternate )(?<!candidate )\bmembers\b", piece, re.IGNORECASE) else []
        mine += (
            ["alternate members"]
            if re.search(r"\b(?:alternate|candidate|substitute) members?\b", piece, re.IGNORECASE)
            else []
        )
        both = _BOTH.match(piece)
        if both and len(mine) == 2:
            counted = both[1][:1].isdigit()
            yield row("members", both[1] if counted else f"{both[1]} {both[3]}", mode)
            yield row("alternate members", f"{both[2]} {both[3]}", mode)
            continue
        if "presidium members" in kept and re.search(r"\bPresidium\b", piece) and mine == ["members"]:
            yield row("presidium members", piece, mode)
            continue
        if not mine and (lead := _leader(piece, text)):
            yield row("leader", lead, mode)
            continue
        for category in mine or kept[:1]:
            yield row(category, piece, mode)


def _counted(who: str, sentence: str, words: "_Words", mode: str | None) -> Iterator[dict[str, Any]]:
    """“23 of the 30 members were present.”"""
    if re.match(
        r"(?:the|these|those|all|some(?! \d)|many|several|other|new|our|his|her|its|their|of)\b", who, re.IGNORECASE
    ) or not re.search(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|one|thirty|forty|fifty|twenty)\b",
        who,
        re.IGNORECASE,
    ):
        return
    if re.search(r"\bquor(?:um|ate)\b|\bprox(?:y|ies)\b", sentence, re.IGNORECASE):
        yield row("quorum count", who, mode)
        return
    yield row(next(iter(_categories(who, words)), "present"), who, mode)


def _cut(who: str) -> str:
    """The people without the sentence that goes on after them."""
    who = re.split(
        r",?\s+(?:who|whose|which|while|where|when)(?:\s|$)|\s+(?:at the meeting|today|on \w+day)\b|;"
        r"|,\s+and (?:an?|the) (?:quorum|chair|meeting)\b",
        who,
        maxsplit=1,
    )[0]
    who = re.sub(r"^(?:Also|In addition|A total of)\s+", "", who)
    return who.strip(" ,.")


_FIXED = (
    ("observer", "observers"),
    ("guest", "guests"),
    ("visitor", "guests"),
    ("invit", "guests"),
    ("delegation", "guests"),
    ("representative", "guests"),
    ("delegate", "delegates"),
    ("table", "platform"),
    ("dais", "platform"),
    ("platform", "platform"),
    ("tribune", "platform"),
    ("rostrum", "platform"),
    ("non", "observers"),
    ("without", "observers"),
    ("consultative", "observers"),
    ("advisory", "observers"),
)


def _fixed(phrase: str) -> str:
    """The category that “as observers” or “on the platform” gives to all."""
    phrase = phrase.casefold()
    return next((name for word, name in _FIXED if word in phrase), "")


def _leader(who: str, text: Text) -> str:
    """The one person who is said to be present with an office: the leader, by name; minutes list people alike."""
    if text.facts.get("minutes"):
        return ""
    found = saying("attendance", "leader", text.language).match(who)
    return who if found and person(found["name"], text.language) and not re.search(r"\bmembers\b", who) else ""


def mode_of(phrase: str, language: str) -> str | None:
    """By what means those took part of whom this is said."""
    return next((name for name, pattern in _words(language).modes if pattern.search(phrase)), None)


@dataclass(frozen=True)
class _Words:
    classes: tuple[tuple[Saying, str], ...]
    modes: tuple[tuple[str, Saying], ...]
    common: Saying
    other: Saying
    verb: Saying
    elsewhere: Saying  # Where what is said of these people ends, and what is said of others or of the meeting begins.


@cache
def _words(language: str) -> _Words:
    book = lexicon.load("attendance", language) or lexicon.load("attendance", "en")
    return _Words(
        tuple((compiled(entry["words"], re.IGNORECASE), entry["category"]) for entry in book.get("classes", [])),
        tuple((name, compiled(pattern, re.IGNORECASE)) for name, pattern in book.get("mode", {}).items()),
        saying("attendance", "common", language),
        saying("attendance", "other", language),
        saying("attendance", "verb", language),
        saying("attendance", "elsewhere", language),
    )
