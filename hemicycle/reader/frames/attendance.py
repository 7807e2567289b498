"""Who was there, by class and mode: a row for each class, in the words of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.names import people
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import labels, rules, saying, trigger
from hemicycle.reader.shape import Claim

HEADER = 60  # Passages at the head of minutes within which lists of those present stand.
LISTED = 80  # Names that may stand on lines of their own below “Present”.


def claims(text: Text) -> Iterator[Claim]:
    """Rows {category, who, mode}."""
    rows = [*_labelled(text)]
    seen = {(_key(row), row.line) for row in rows}
    yield from rows
    for claim in _told(text):
        if (_key(claim), claim.line) not in seen:
            seen.add((_key(claim), claim.line))
            yield claim


def _key(claim: Claim) -> tuple[str, str]:
    row = claim.value
    return (str(row.get("category")), str(row.get("who"))[:60]) if isinstance(row, dict) else ("", "")


def row(category: str, who: str, mode: str | None) -> dict[str, str | None]:
    """One row of the flat shape."""
    return {"category": category, "who": who, "mode": mode}


def _labelled(text: Text) -> Iterator[Claim]:
    """“Present: …”, and “Present” over a list of names."""
    listed = labels(text.language)
    default = _default_mode(text)
    taken = -1
    for place, passage in enumerate(text.passages[:HEADER]):
        if place <= taken:
            continue
        entry = listed.get(_label(passage, text.language).casefold())
        if entry is None or entry["role"] != "attendance":
            continue
        body = passage.body if passage.label else ""
        last = passage
        if not body.strip(" .:-"):
            below = [*_below(text, place + 1)]
            body = ", ".join(plain(p.body).strip(" .,;") for p in below)
            last = below[-1] if below else passage
            taken = place + len(below)
        body = plain(body).strip(" .;")
        if not body or re.fullmatch(r"(?:none|nil|n/a|no apologies\b.*|-+)", body, re.IGNORECASE):
            continue
        mode = _mode(
            f"{passage.label} {passage.text if entry['category'] in {'remote', 'video'} else ''}", text.language
        )
        category = "present" if entry["category"] in {"remote", "video"} else entry["category"]
        mode = entry["category"] if entry["category"] in {"remote", "video"} else mode
        for kind, who in _parted(category, body, text.language):
            here = mode or (default if kind in {"present", "members", "in attendance"} else None)
            yield _over(text, row(kind, who, here), passage, last)


def _default_mode(text: Text) -> str | None:
    """The mode of all, where the header says that the meeting was held by video or remotely."""
    lines = [*text.front[:8], *text.passages[:10]]
    head = " ".join(line.text for line in lines if len(line.text) < 220)
    if not saying("attendance", "all_remote", text.language).search(head):
        return None
    return _mode(head, text.language)


def _label(passage: Passage, language: str) -> str:
    """What the line says it is: its label without a count or a remark in brackets, or the heading itself."""
    label = passage.label or (passage.body if len(passage.body) < 60 else "")
    return re.sub(r"\s*\([^()]*\)|\s*\d+$", "", label).strip(" .:*_#")


def _below(text: Text, start: int) -> Iterator[Passage]:
    """The lines of names below a heading."""
    for passage in text.passages[start : start + LISTED]:
        entry = labels(text.language).get(_label(passage, text.language).casefold())
        if (
            (entry and entry["role"] != "recording")
            or (passage.number and not _name_line(passage))
            or not _name_line(passage)
        ):
            return
        yield passage


def _name_line(passage: Passage) -> bool:
    """Whether a line is a name, with or without an office, and no sentence."""
    line = plain(passage.body).strip()
    if not line or len(line) > 400:
        return False
    if passage.is_heading and passage.level:
        return False
    if line.isupper() and len(line) > 30:
        return False
    return (
        len(line) < 90 and not re.search(r"[.!?]\s+[A-Z]\w+\s+\w+\s+\w+|\b(?:was|were|the meeting|that)\b", line)
    ) or line.count(",") > 1


def _over(text: Text, value: dict[str, str | None], first: Passage, last: Passage) -> Claim:
    """A claim that reaches from the label to the last name below it."""
    claim = text.claim("attendance", value, first, 0, len(first.text), 0.9, "label.attendance")
    if last is first:
        return claim
    end = text.span(last, 0, len(last.text)).end
    span = type(claim.span)(claim.span.start, max(claim.span.end, end))
    return Claim(claim.field, value, span, claim.line, 0.85, "list.attendance")


def _parted(category: str, body: str, language: str) -> Iterator[tuple[str, str]]:
    """A line that goes on with another class (“Present: A, B. Apologies: C.”) in its rows."""
    at, kind = 0, category
    for found in saying("attendance", "inside", language).finditer(body):
        yield from _public(kind, body[at : found.start()].strip(" .;"), language)
        word = found[1].casefold().split()[0]
        kind = {"in": "in attendance", "also": "present", "absent": "apologies"}.get(word, word)
        at = found.end()
    yield from _public(kind, body[at:].strip(" .;"), language)


def _public(category: str, who: str, language: str) -> Iterator[tuple[str, str]]:
    """Members of the public at the end of a list make a row of their own."""
    found = saying("attendance", "public", language).search(who)
    if found and found.start() > 0:
        yield category, who[: found.start()].strip(" ,;.")
        yield "public", found["public"]
    elif who:
        yield ("public" if found else category), who


def _told(text: Text) -> Iterator[Claim]:
    """Sentences that tell who attended."""
    hint = trigger("attendance", text.language)
    for sentence in text.sentences:
        if not hint.search(sentence.text) or len(sentence.text) > 2000:
            continue
        if _words(text.language).other.search(sentence.text):
            continue
        told = False
        for rule in rules("attendance", text.language):
            if told and not rule.says.get("more"):
                continue
            if found := rule.pattern.search(sentence.text):
                if rule.says.get("more") and not told:
                    continue
                made = [*_rows(text, sentence, found, rule.says.get("category"))]
                yield from (text.claim_sentence("attendance", value, sentence, 0.8, rule.name) for value in made)
                told = told or bool(made)


def _rows(
    text: Text, sentence: Sentence, found: re.Match[str], category: str | None
) -> Iterator[dict[str, str | None]]:
    """The rows one sentence makes."""
    said = {key: value or "" for key, value in found.groupdict().items()}
    words = _words(text.language)
    who = plain(said.get("who") or said.get("count") or "").strip(" ,.")
    mode = _mode(" ".join((said.get("mode", ""), said.get("rest", ""), said.get("where", ""))), text.language)
    if category is not None:
        yield from _given(category, who, mode, words)
        return
    if fixed := _fixed(said.get("as", "")):
        yield row(fixed, _cut(who), mode)
        return
    if said.get("total"):
        who = f"{who} of the {said['total']} {said['class']}"
    if not said.get("who"):
        yield from _counted(who, sentence.text, words, mode)
        return
    who = _cut(who)
    categories = [category for pattern, category in words.classes if pattern.search(who)]
    named = people(who, text.language)
    if not categories:
        if named and len(named) <= 2 and not words.common.search(who):
            yield row("leader" if _leads(sentence, text) else "present", named[0] if len(named) == 1 else who, mode)
        return
    if "public" in categories:
        categories = ["public"]
    kept = [c for c in categories if c in {"presidium members", "members", "alternate members"}]
    if kept:
        yield from _memberships(who, kept, mode)
    elif categories:
        yield row(categories[0], who, mode)


def _given(category: str, who: str, mode: str | None, words: "_Words") -> Iterator[dict[str, str | None]]:
    """The row of a pattern that knows its category."""
    if category and who and not words.common.search(who):
        yield row(category, _cut(who), mode if category != "apologies" else None)


def _memberships(who: str, kept: list[str], mode: str | None) -> Iterator[dict[str, str | None]]:
    """Members and alternates of one phrase in a row each; the members of the Presidium in their own words."""
    pieces = re.split(r",?\s+and\s+(?=members\b)|,\s+(?=(?:alternate |candidate )?members\b)", who)
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
        for category in mine or kept[:1]:
            yield row(category, piece, mode)


def _counted(who: str, sentence: str, words: "_Words", mode: str | None) -> Iterator[dict[str, str | None]]:
    """“23 of the 30 members were present.”"""
    if re.match(
        r"(?:the|these|those|all|some|many|several|other|new|our|his|her|its|their|of)\b", who, re.IGNORECASE
    ) or not re.search(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|one|thirty|forty|fifty|twenty)\b",
        who,
        re.IGNORECASE,
    ):
        return
    if re.search(r"\bquorum\b", sentence, re.IGNORECASE) or re.search(r"\d (?:out )?of ", who):
        yield row("quorum count", who, mode)
        return
    category = next((category for pattern, category in words.classes if pattern.search(who)), "present")
    yield row(category, who, mode)


def _cut(who: str) -> str:
    """The people without the sentence that goes on after them."""
    who = re.split(r",?\s+(?:who|which|while|where|when)\s|\s+(?:at the meeting|today|on \w+day)\b|;", who, maxsplit=1)[
        0
    ]
    who = re.sub(r"^(?:Also|In addition|A total of|Some|About|Around|More than)\s+", "", who)
    return who.strip(" ,.")


def _fixed(phrase: str) -> str:
    """The category that “as observers” or “on the platform” gives to all."""
    phrase = phrase.casefold()
    return next(
        (
            name
            for word, name in (
                ("observer", "observers"),
                ("guest", "guests"),
                ("platform", "platform"),
                ("invitation", "guests"),
                ("non-voting", "observers"),
            )
            if word in phrase
        ),
        "",
    )


def _leads(sentence: Sentence, text: Text) -> bool:
    """Whether the person present is set apart as the leader."""
    return bool(
        re.search(
            r"\b(?:leader|chairman|general secretary|president|first secretary|prime minister|secretary)\b",
            sentence.text,
            re.IGNORECASE,
        )
    )


def _mode(phrase: str, language: str) -> str | None:
    return next((name for name, pattern in _words(language).modes if pattern.search(phrase)), None)


@dataclass(frozen=True)
class _Words:
    classes: tuple[tuple[re.Pattern[str], str], ...]
    modes: tuple[tuple[str, re.Pattern[str]], ...]
    common: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    book = lexicon.load("attendance", language) or lexicon.load("attendance", "en")
    return _Words(
        tuple((re.compile(entry["words"], re.IGNORECASE), entry["category"]) for entry in book.get("classes", [])),
        tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in book.get("mode", {}).items()),
        saying("attendance", "common", language),
        saying("attendance", "other", language),
    )
