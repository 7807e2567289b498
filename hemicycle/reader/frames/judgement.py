"""Which units were criticised and which commended: the meeting's own judgement, as alleged there."""

import re
from collections.abc import Iterator
from dataclasses import replace

from hemicycle.reader.identity import tidy
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import Claim

TWO = 2
LONGEST = 2500  # Characters of a sentence that is read for judgements.
OFFICE = re.compile(
    r"(?:the |its |their |our )?(?:(?:outgoing|retiring|former|late|new|honorary|town|party|parish|general) )*"
    r"(?:treasurer|secretary|registrar|bursar|caretaker|headteacher|principal|librarian|organiser|engineer|warden|minister|mayor|president|chair(?:man|woman|person)?|clerk|director|manager|editor|librarian|auditor)",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){1,4}")


def claims(text: Text) -> Iterator[Claim]:
    """Claims “criticised” and “commended”, one for each unit, with the grounds beside."""
    for field in ("criticised", "commended"):
        seen: set[str] = set()
        for sentence in _clauses(text):
            for rule in fitting(field, text.language, sentence.low):
                found = rule.search(sentence.text, sentence.low)
                if not found or rule.has("not", sentence.text):
                    continue
                for unit in _units(found["who"]):
                    if unit.casefold() not in seen:
                        seen.add(unit.casefold())
                        yield text.claim_sentence(field, unit, sentence, 0.75, rule.name, found["who"])
                grounds = found.groupdict().get("grounds") or _grounds(sentence, found)
                if grounds:
                    yield text.claim_sentence(f"{field}.grounds", plain(grounds).strip(" ,."), sentence, 0.6, rule.name)
                break


def _clauses(text: Text) -> Iterator[Sentence]:
    """The sentences; each half alone where one unit is blamed “while” another is praised."""
    parts = saying("judgement", "halves", "en")
    for sentence in text.sentences:
        at = sentence.start
        for piece in parts.split(sentence.text) if len(sentence.text) < LONGEST else ():
            at = sentence.passage.text.find(piece, at)
            yield replace(sentence, start=at, end=at + len(piece), text=piece, low=piece.lower())


def _grounds(sentence: Sentence, found: re.Match[str]) -> str:
    """What is alleged: the first clause after who, which, for, by failing.

    Where who or which follows another noun than a unit's name, what is told from there on is told of somebody else.
    """
    rest = sentence.text[found.start("who") :]
    told = re.search(r"\b(?P<word>which|who|for|by failing|over|because)\b", rest)
    if told is None:
        return ""
    before = rest[: told.start()].rstrip(" ,").rpartition(" ")[2].casefold()
    ends = {unit.rpartition(" ")[2].casefold() for unit in _units(found["who"])}
    return rest[told.start() :] if told["word"] not in {"which", "who"} or before in ends else ""


def _units(phrase: str) -> Iterator[str]:
    """The units of a phrase, without their faults and deeds."""
    phrase = plain(phrase)
    phrase = re.split(r"\s+by failing\s", phrase, maxsplit=1)[0]
    phrase = saying("judgement", "owned", "en").sub("", phrase)
    phrase = saying("judgement", "faults", "en").sub("", phrase)
    phrase = saying("judgement", "grounds", "en").split(phrase, maxsplit=1)[0]
    pieces = re.split(
        r",\s+(?:and\s+)?(?!\w+(?:\s+and\s+\w+)?$)(?!whose|who|which)|\s+and\s+(?=(?:the|that|relevant|its|state|some)\b)",
        phrase,
    )
    pieces = [piece for piece in pieces if not re.match(r"\w+(?:ed|ing)\b(?! States| Nations)", piece)]
    if len(pieces) == TWO and OFFICE.match(pieces[0]) and NAME.fullmatch(pieces[1]):
        pieces = [", ".join(pieces)]  # One person, by office and by name.
    if len(pieces) > 1:
        left, joint, right = pieces[-1].rpartition(" and ")
        if joint and len(left.split()) > 2 and len(right.split()) > 1 and not right.startswith("other"):
            pieces[-1:] = [left, right]
    for piece in pieces:
        unit = tidy(re.sub(r"^(?:and\s+)?that\s+", "", saying("judgement", "clause", "en").split(piece, maxsplit=1)[0]))
        if (
            unit
            and len(unit) < 160
            and not re.match(
                r"(?:he|she|it|they|them|him|her|us|all|this|that|those|(?:the )?chair|the meeting|members|everyone)\b",
                unit,
                re.IGNORECASE,
            )
        ):
            yield unit
