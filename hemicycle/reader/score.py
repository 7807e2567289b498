"""How well a reading agrees with the truth: precision, recall and F1 for each field of the flat shape.

Strings are compared after normalisation (case, spaces, punctuation) by the words they share; lists as sets; rows by
their keys. A folder of truths holds `NAME.truth.json` beside each page NAME, and may say in `genres.json` of what genre
each page is.
"""

import glob
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALIKE = 0.6  # Of the words of two strings, how many must be the same.
ENDING = ".truth.json"
WORD = re.compile(r"\w+")
LY = re.compile(r"(?<=\w{5})ly\Z")  # Unanimous is unanimously.
DAMAGED = re.compile(r"(?<=\w)-\s+(?=\w)")

Flat = Mapping[str, Any]
# Rows: what tells one from another, and what is said of it.
ROWS = {
    "attendance": (("category", "who"), ("mode",)),
    "reports": (("by", "on"), ()),
    "adopted": (("what",), ("how",)),
    "tasks": (("text_start",), ("sector",)),
}
LISTS = ("presided_by", "agenda", "criticised", "commended")
TEXTS = ("source_name", "title", "authorized_by", "article_first_words", "article_last_words")
MEETING_TEXTS = ("body", "kind", "place")
MEETING_VALUES = ("term_ordinal", "meeting_ordinal", "enlarged", "sitting_day", "start", "end")
FIELDS = (
    "is_meeting_report",
    "source_name",
    "published",
    "title",
    *(f"meeting.{key}" for key in (*MEETING_TEXTS, *MEETING_VALUES)),
    "presided_by",
    "authorized_by",
    *(field for row, (_keys, said) in ROWS.items() for field in (row, *(f"{row}.{key}" for key in said))),
    "agenda",
    "criticised",
    "commended",
    "article_first_words",
    "article_last_words",
    "furniture_examples",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values were right, how many the reader gave, and how many there were to give."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float | None:
        """Right among those given; None where none was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Right among those wanted; None where none was wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was wanted and nothing given."""
        both = self.given + self.wanted
        return 2 * self.right / both if both else None


Scores = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Case:
    """A page and what it says in truth."""

    page: Path
    genre: str
    truth: Flat


def cases(folder: Path) -> Iterator[Case]:
    """Yield the pages of a folder with their truths, by name. Raises ValueError where a page or its truth is broken."""
    named = folder / "genres.json"
    genres = json.loads(named.read_text("utf-8")) if named.is_file() else {}
    for path in sorted(folder.rglob(f"*{ENDING}")):
        try:
            truth = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise ValueError(f"{path} is no JSON: {error}.") from error
        stem = path.name.removesuffix(ENDING)
        beside = sorted(near for near in path.parent.glob(f"{glob.escape(stem)}.*") if not near.name.endswith(".json"))
        if len(beside) != 1:
            raise ValueError(f"Beside {path} there must be one page called {stem}.*; there are {len(beside)}.")
        yield Case(beside[0], str(genres.get(stem, "")), truth)


def total(scores: Iterable[Scores]) -> Scores:
    """Add the scores of documents up."""
    sums = dict.fromkeys(FIELDS, Tally())
    for one in scores:
        for field, tally in one.items():
            sums[field] += tally
    return sums


def mean_f1(scores: Scores) -> float:
    """The mean of F1 over the fields that had anything to find."""
    found = [tally.f1 for tally in scores.values() if tally.f1 is not None]
    return sum(found) / len(found) if found else 0.0


def score(truth: Flat, found: Flat) -> Scores:
    """Score one document, each field of its flat shape."""
    meeting, met = truth.get("meeting") or {}, found.get("meeting") or {}
    scores = {"is_meeting_report": Tally(int(truth["is_meeting_report"] is found.get("is_meeting_report")), 1, 1)}
    scores["published"] = one_value(truth.get("published"), found.get("published"), same)
    scores |= {field: one_value(truth.get(field), found.get(field), alike) for field in TEXTS}
    scores |= {f"meeting.{key}": one_value(meeting.get(key), met.get(key), alike) for key in MEETING_TEXTS}
    # A page that does not say “enlarged” is silent about it: null and false are one.
    scores |= {
        f"meeting.{key}": one_value(meeting.get(key) or None, met.get(key) or None, same) for key in MEETING_VALUES
    }
    scores |= {field: many(listed(truth.get(field)), listed(found.get(field))) for field in LISTS}
    for field, (keys, said) in ROWS.items():
        scores |= rows(field, list(truth.get(field) or []), list(found.get(field) or []), keys, said)
    scores["furniture_examples"] = furniture(truth, found)
    return scores


def one_value(wanted: Any, given: Any, equal: Callable[[Any, Any], bool]) -> Tally:
    """Score a value that is there once or not at all."""
    there = wanted is not None and given is not None
    return Tally(int(there and equal(wanted, given)), int(given is not None), int(wanted is not None))


def same(wanted: Any, given: Any) -> bool:
    """Numbers, dates and yes or no are the same or not."""
    return type(wanted) is type(given) and bool(wanted == given)


def alike(wanted: Any, given: Any) -> bool:
    """Strings are the same when they share most of their words."""
    return likeness(str(wanted), str(given)) >= ALIKE


def likeness(one: str, other: str) -> float:
    """The share of words, with their number, that two strings have in common: 1 for all of both, 0 for none."""
    first, second = Counter(words(one)), Counter(words(other))
    if not first or not second:
        return float(one.strip() == other.strip())
    return 2 * (first & second).total() / (first.total() + second.total())


def words(text: str) -> list[str]:
    """The words of a string, small, without accents, articles, and hyphens at the ends of lines."""
    plain = unicodedata.normalize("NFKD", DAMAGED.sub("", text)).casefold().replace("’", "").replace("'", "")
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = [LY.sub("", word) for word in WORD.findall(bare)]
    return [word for word in found if word not in {"the", "a", "an"}] or found


def listed(value: Any) -> list[str]:
    """A string or a list of them, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(one) for one in value]


def many(wanted: list[str], given: list[str]) -> Tally:
    """Score a list as a set: each wanted value may be met by one given value."""
    met = pairs(wanted, given, likeness)
    return Tally(len(met), len(given), len(wanted))


def pairs(wanted: list[Any], given: list[Any], like: Callable[[Any, Any], float]) -> list[tuple[int, int]]:
    """The pairs of what is wanted and what is given, the likest first, none used twice."""
    near = ((like(one, other), here, there) for here, one in enumerate(wanted) for there, other in enumerate(given))
    likest = sorted((pair for pair in near if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1], pair[2]))
    met: dict[int, int] = {}
    used: set[int] = set()
    for _likeness, here, there in likest:
        if here not in met and there not in used:
            met[here] = there
            used.add(there)
    return sorted(met.items())


def rows(field: str, wanted: list[Flat], given: list[Flat], keys: tuple[str, ...], said: tuple[str, ...]) -> Scores:
    """Score rows by their keys, and of the rows that were met, what is said in them."""
    met = pairs(wanted, given, lambda one, other: row_likeness(one, other, keys))
    scores = {field: Tally(len(met), len(given), len(wanted))}
    for key in said:
        scores[f"{field}.{key}"] = sum(
            (one_value(wanted[here].get(key), given[there].get(key), alike) for here, there in met), Tally()
        )
    return scores


def row_likeness(one: Flat, other: Flat, keys: tuple[str, ...]) -> float:
    """How alike two rows are: as their least like key; a category is the same or not."""
    found = []
    for key in keys:
        wanted, given = one.get(key), other.get(key)
        if key == "category":
            found.append(float(words(str(wanted)) == words(str(given))))
        elif wanted is None or given is None:
            found.append(float(wanted is given))
        else:
            found.append(likeness(str(wanted), str(given)))
    return min(found)


def furniture(truth: Flat, found: Flat) -> Tally:
    """Score the examples of furniture that were found; wrong is only what holds the article's own words."""
    given = [" ".join(words(text)) for text in listed(found.get("furniture_examples"))]
    wanted = [" ".join(words(text)) for text in listed(truth.get("furniture_examples"))]
    right = sum(any(one and (one in other or (len(other) > 20 and other in one)) for other in given) for one in wanted)
    ours = [truth.get("article_first_words"), truth.get("article_last_words")]
    ours += [task.get("text_start") for task in truth.get("tasks") or []]
    own = [" ".join(words(str(text))) for text in ours if text]
    wrong = sum(any(one in other for one in own) for other in given)
    return Tally(right, right + wrong, len(wanted))


def table(columns: Mapping[str, Scores]) -> str:
    """The scores as a person reads them: a line for each field, and F1 of each column."""
    width = max(map(len, FIELDS))
    heads = [name or "no genre" for name in columns]
    lines = [" " * width + "   prec.  recall      F1" + "".join(f"  {head:>{max(len(head), 6)}}" for head in heads[1:])]
    first = next(iter(columns.values()))
    for field in FIELDS:
        tally = first[field]
        shown = "  ".join(f"{percent(value):>6}" for value in (tally.precision, tally.recall, tally.f1))
        others = [percent(scores[field].f1) for scores in list(columns.values())[1:]]
        rest = "".join(f"  {other:>{max(len(head), 6)}}" for head, other in zip(heads[1:], others, strict=True))
        lines.append(f"{field:<{width}}  {shown}{rest}")
    means = [
        f"{percent(mean_f1(scores)):>{max(len(head), 6)}}" for head, scores in zip(heads, columns.values(), strict=True)
    ]
    lines.append(f"{'mean of F1':<{width}}  {'':>14}  {means[0][-6:]}" + "".join(f"  {mean}" for mean in means[1:]))
    return "\n".join(lines)


def percent(value: float | None) -> str:
    """A share as it stands in the table."""
    return "–" if value is None else f"{100 * value:.0f} %"


def differences(truth: Flat, found: Flat) -> Iterator[str]:
    """Say field by field what was wanted and not given, and what was given and not wanted."""
    for field, tally in score(truth, found).items():
        top, _dot, key = field.partition(".")
        if tally.right == tally.given == tally.wanted or (key and top in ROWS):
            continue
        wanted, given = truth.get(top), found.get(top)
        if key:
            wanted, given = (wanted or {}).get(key), (given or {}).get(key)
        if field == "furniture_examples":
            given = f"{len(listed(given))} examples"
        yield f"{field}: wanted {json.dumps(wanted, ensure_ascii=False)}, given {json.dumps(given, ensure_ascii=False)}"
