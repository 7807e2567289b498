"""Passages for the bench: the same for the same key, with words as common as those of a language are."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from random import Random

from hemicycle.search.documents import Searchable

# The commonest words of such reports, the commonest first; behind them stand words made of syllables.
COMMONEST = (
    "the of and to in a for that on by with as is was it at be from this which an has had were been are its not but "
    "they their will would also all made further each more must after before during new work report meeting committee "
    "plan members task tasks decision council year development adopted organization production people sector "
    "resolution agenda item discussed units measures improve officials session plenary public industry agriculture "
    "health education water roads fund schools harbour"
)
COMMON = COMMONEST.split()
CONSONANTS, VOWELS = "bdfgklmnprstv", "aeiou"
VOCABULARY = 60_000
SHORTEST, LONGEST = 20, 90
IN_A_REPORT, BODIES = 40, 200
# What was entered while the bench ran, with a word of its own to be found by.
ADDED: dict[int, str] = {}


def word(number: int) -> str:
    """Return a word of its own for a number."""
    made, left = "", number + 1
    while left:
        left, place = divmod(left, len(CONSONANTS) * len(VOWELS))
        made += CONSONANTS[place // len(VOWELS)] + VOWELS[place % len(VOWELS)]
    return f"{made}n"


WORDS = [*COMMON, *(word(number) for number in range(VOCABULARY - len(COMMON)))]
# The word of rank r comes 1/(r + 2.7) as often as the first, as Zipf and Mandelbrot found of languages.
WEIGHTS = list(accumulate(1 / (rank + 2.7) for rank in range(len(WORDS))))


def text_of(key: int) -> str:
    """Return the text of a passage."""
    if key in ADDED:
        return ADDED[key]
    dice = Random(key)  # noqa: S311 -- words for a bench, not secrets
    return " ".join(dice.choices(WORDS, cum_weights=WEIGHTS, k=dice.randrange(SHORTEST, LONGEST)))


def passage(key: int) -> Searchable:
    """Return a passage: forty make a report, six reports of ten are public, and each is kept by one of 200 bodies."""
    report = key // IN_A_REPORT
    body = report % BODIES
    return Searchable(
        noun="passage",
        key=key,
        title=f"Report {report} on the plenary of {WORDS[body + 200]}",
        text=text_of(key),
        address=f"/archive/sources/{report}/?at={key}-{key + 5}#at",
        access="public" if key in ADDED else ("public", "public", "public", "organisation", "body")[report % 5],
        book=body + 1,
        scope="",
        language="en",
        body=f"Body {body}",
        kind="passage of an archived report",
        day=date(1960 + report % 65, 1 + report % 12, 1),
        term=report % 9,
        sectors=(WORDS[100 + key % 50],) if key % 4 == 0 else (),
        people=((f"Ada {WORDS[300 + body]}", "chair of the meeting"),),
    )


def searchable(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield passages, as a room would."""
    return (passage(key) for key in keys)


def questions(count: int, passages: int) -> list[str]:
    """Return questions of two words each: a passage's own two neighbours, so that words come as often as they stand."""
    dice = Random(7)  # noqa: S311 -- questions for a bench, not secrets
    found: list[str] = []
    while len(found) < count:
        said = text_of(dice.randrange(1, passages + 1)).split()
        place = dice.randrange(len(said) - 1)
        if said[place] != said[place + 1]:
            found.append(f"{said[place]} {said[place + 1]}")
    return found
