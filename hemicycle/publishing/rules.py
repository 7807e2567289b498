"""What an edited text claims that the book contradicts: counts, outcomes, unanimity, the chair, days, figures. Pure.

It reads plain English sentences. Where a text is in another language, it still compares days written in numbers,
figures and titles. Sentences that stand in what the book tells are not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ),
        2,
    )
}  # fmt: skip
NUMBER = rf"(?:\d+|{'|'.join(NUMBERS)}|no|nobody|one)"
MONTH = "|".join(MONTHS)
DAY = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{MONTH})\b(?:,? (?P<y>\d{{4}}))?"
    rf"|\b(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:votes? |members? |voted |were )*(?:cast )?"
    r"(?P<what>for\b(?! (?:the|a|an|example)\b)|in favou?r|against|abstain\w*|abstention\w*)",
    re.IGNORECASE,
)
SCORE = re.compile(rf"\bby (?P<f>{NUMBER})(?: votes?)? to (?P<a>{NUMBER})\b", re.IGNORECASE)
UNANIMOUS = re.compile(r"\bunanim(?:ous|ously|ity)\b|\bwith one voice\b|\bwithout (?:a )?dissent", re.IGNORECASE)
NOT_UNANIMOUS = re.compile(r"\b(?:not|never|without|no|less than) unanim", re.IGNORECASE)
REJECTED = re.compile(
    r"\b(?:not|never) (?:been )?(?:adopted|carried|approved|passed)\b|\breject\w*\b|\bdefeated\b|\bvoted down\b"
    r"|\bturned down\b|\bfailed\b|\bfell\b|\bwas lost\b",
    re.IGNORECASE,
)
ADOPTED = re.compile(r"\b(?:adopt(?:ed|s)|carried|approved|passed)\b", re.IGNORECASE)
NAME = r"(?P<name>[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|of|the|van|von|de|bin|al))* [^\W\d_a-z][\w.’'-]*)"
CHAIR = (
    re.compile(rf"{NAME} (?:presided|took the chair|chaired|was in the chair|held the chair)"),
    re.compile(rf"(?:presided over by|chaired by|in the chair:?|chairmanship of|chaired under) {NAME}"),
)
CLASSES = {
    "member": "member", "members": "member", "alternate members": "alternate", "alternate member": "alternate",
    "alternates": "alternate", "alternate": "alternate", "observer": "observer", "observers": "observer",
    "guest": "invited", "guests": "invited", "seated alternates": "alternate seated",
    "seated alternate": "alternate seated", "full members": "member", "full member": "member",
}  # fmt: skip
PRESENT = re.compile(
    rf"\b(?P<n>{NUMBER}) (?P<what>{'|'.join(sorted(CLASSES, key=len, reverse=True))})\b", re.IGNORECASE
)
FIGURE = re.compile(rf"\b(?:\d{{1,2}}:\d{{2}}|\d+(?:[.,]\d+)*|{'|'.join(NUMBERS)})\b", re.IGNORECASE)


class Weight(StrEnum):
    """How much a finding weighs: never to be said, to be mended or given a reason, or only to be looked at."""

    NEVER = "never"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Vote:
    """What came of a vote. `unanimous` is as the rules define it; of consent nothing was counted."""

    title: str
    votes_for: int
    against: int
    abstained: int
    carried: bool
    unanimous: bool
    by_consent: bool = False


@dataclass(frozen=True)
class Facts:
    """What the book tells, for a section of a text: its own votes, and what holds for the whole meeting."""

    here: tuple[Vote, ...] = ()
    every: tuple[Vote, ...] = ()
    chairs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    days: frozenset[date] = frozenset()
    figures: frozenset[str] = frozenset()
    present: dict[str, int] = field(default_factory=dict)
    closed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A claim that the book does not bear out: what kind of claim, what is said, what the book tells instead."""

    code: str
    said: str
    told: str = ""
    vote: Vote | None = None
    weight: Weight = Weight.CONTRADICTS


def findings(text: str, drawn: str, facts: Facts) -> list[Finding]:
    """Return what an edited text claims against the book; `drawn` is the text as the book tells it."""
    known = set(sentences(drawn))
    fresh = [one for one in sentences(text) if one not in known]
    return list(dict.fromkeys(found for one in fresh for found in of_sentence(one, drawn, facts)))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line ends one too."""
    return [part.strip() for part in re.split(r"(?<=[.!?…])\s+|\n+", text) if part.strip()]


def of_sentence(said: str, drawn: str, facts: Facts) -> Iterator[Finding]:
    """Yield what one sentence claims against the book."""
    yield from closed(said, drawn, facts)
    named = [vote for vote in facts.every if vote.title and vote.title.casefold() in said.casefold()]
    about = named or list(facts.here)
    yield from unanimity(said, about or list(facts.every))
    if about:
        yield from counts(said, about)
        yield from outcome(said, about, certain=bool(named))
    yield from chair(said, facts)
    yield from days(said, facts)
    yield from present(said, facts)
    if not about or not (COUNT.search(said) or SCORE.search(said)):
        yield from figures(said, facts)


def closed(said: str, drawn: str, facts: Facts) -> Iterator[Finding]:
    """Yield the titles of what is not open to the audience of the text."""
    for title in facts.closed:
        if title.casefold() in said.casefold() and title.casefold() not in drawn.casefold():
            yield Finding("closed", title, weight=Weight.NEVER)


def unanimity(said: str, about: list[Vote]) -> Iterator[Finding]:
    """Yield that something is called unanimous over votes against it or abstentions, or that nothing was counted."""
    word = UNANIMOUS.search(said)
    if word is None or NOT_UNANIMOUS.search(said):
        return
    phrase = word[0]
    divided = next((vote for vote in about if not vote.unanimous and not vote.by_consent), None)
    if divided:
        yield Finding("unanimous", phrase, vote=divided, weight=Weight.NEVER)
    elif not about:
        yield Finding("unanimous_unknown", phrase)
    elif any(vote.by_consent for vote in about):
        yield Finding("unanimous_consent", phrase, vote=next(vote for vote in about if vote.by_consent))


def counts(said: str, about: list[Vote]) -> Iterator[Finding]:
    """Yield numbers of votes that were not counted."""
    for found in COUNT.finditer(said):
        what = found["what"].casefold()
        column = "votes_for" if what.startswith(("for", "in fav")) else "against" if what == "against" else "abstained"
        yield from compared(found[0], value(found["n"]), column, about)
    for found in SCORE.finditer(said):
        yield from compared(found[0], value(found["f"]), "votes_for", about)
        yield from compared(found[0], value(found["a"]), "against", about)


def compared(said: str, number: int, column: str, about: list[Vote]) -> Iterator[Finding]:
    """Yield a number of votes where none of these votes had as many."""
    if all(getattr(vote, column) != number for vote in about):
        yield Finding(column, said, told=", ".join(str(getattr(vote, column)) for vote in about), vote=about[0])


def outcome(said: str, about: list[Vote], *, certain: bool) -> Iterator[Finding]:
    """Yield that something is called adopted which was not, or the other way round."""
    if not certain and (len(about) > 1 or re.search(r"\b(?:agenda|amendment|minutes)\b", said, re.IGNORECASE)):
        return
    rejected, adopted = REJECTED.search(said), ADOPTED.search(said)
    if rejected and all(vote.carried for vote in about):
        yield Finding("rejected", rejected[0], vote=about[0])
    elif adopted and not rejected and not any(vote.carried for vote in about):
        yield Finding("adopted", adopted[0], vote=about[0])


def chair(said: str, facts: Facts) -> Iterator[Finding]:
    """Yield who is said to have presided and did not."""
    named = [found["name"] for pattern in CHAIR for found in pattern.finditer(said)]
    wrong = [name for name in named if not any(one.casefold() in name.casefold() for one in facts.chairs)]
    if not named and re.search(r"\bpresid(?:ed|ing)\b|\bthe chair\b", said):
        others = [one for one in facts.people if one in said and one not in facts.chairs]
        wrong = others if others and not any(one in said for one in facts.chairs) else []
    for name in wrong:
        yield Finding("chair", name, told=", ".join(dict.fromkeys(facts.chairs)))


def days(said: str, facts: Facts) -> Iterator[Finding]:
    """Yield days that the book does not tell of."""
    for found in DAY.finditer(said):
        if not any(matches(found, day) for day in facts.days):
            yield Finding("day", found[0])


def days_in(text: str) -> Iterator[date]:
    """Yield the days that a text names with their year."""
    for found in DAY.finditer(text):
        try:
            yield day_of(found)
        except (ValueError, TypeError):
            continue


def day_of(found: re.Match[str]) -> date:
    """Return the day that was found; raise where it is none, or has no year."""
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    year, month, day = found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"]
    return date(int(year), MONTHS.index(month.casefold()) + 1, int(day))


def matches(found: re.Match[str], day: date) -> bool:
    """Say whether what was found names this day, in its year or without one."""
    if found["iso"]:
        return found["iso"] == day.isoformat()
    year, month, number = found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"]
    same = MONTHS.index(month.casefold()) + 1 == day.month and int(number) == day.day
    return same and (not year or int(year) == day.year)


def present(said: str, facts: Facts) -> Iterator[Finding]:
    """Yield numbers of people of a class that were not there."""
    if not re.search(r"\b(?:present|attend\w*|took part|there (?:were|was)|came|participat\w*)\b", said, re.IGNORECASE):
        return
    for found in PRESENT.finditer(said):
        kind = CLASSES[found["what"].casefold()]
        number = value(found["n"])
        if kind in facts.present and facts.present[kind] != number and str(number) not in facts.figures:
            yield Finding("present", found[0], told=str(facts.present[kind]))


def figures(said: str, facts: Facts) -> Iterator[Finding]:
    """Yield figures that stand nowhere in what the book tells. To be looked at: the book need not know them."""
    rest = PRESENT.sub(" ", DAY.sub(" ", said))
    for found in FIGURE.finditer(rest):
        known = str(NUMBERS.get(found[0].casefold(), found[0]))
        if known not in facts.figures:
            yield Finding("figure", found[0], weight=Weight.UNKNOWN)


def figures_in(text: str) -> Iterable[str]:
    """Return the figures of a text, words as numbers."""
    return {str(NUMBERS.get(found[0].casefold(), found[0])) for found in FIGURE.finditer(text)}


def value(word: str) -> int:
    """Return the number that a word or figures say."""
    plain = word.casefold()
    if plain in {"no", "nobody"}:
        return 0
    return 1 if plain == "one" else NUMBERS.get(plain) or int(plain)
