"""Which genre a page is of, and whether it reports a meeting: signs in the genre files, weighed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.frames.held import telling
from hemicycle.reader.passages import Text
from hemicycle.reader.patterns import Saying, compiled, genres, labels, saying
from hemicycle.reader.shape import Label

LONG = 1500  # Characters of a sentence that are looked at.
TITLE = 120  # Characters of a headline.
LABEL = 30  # Characters of a line that may be nothing but a label.
HEAD = 3000  # Characters at the head in which most signs stand.


@dataclass(frozen=True, slots=True)
class Judged:
    """The genre, its weight, and whether the page reports a meeting; why, in words."""

    genre: str
    is_report: bool
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class _Sign:
    genre: str
    pattern: Saying
    weight: float
    where: str
    report: bool


def judge(text: Text) -> Judged:
    """Weigh the signs of every genre; a report must outweigh what speaks against one."""
    title = " | ".join([text.page.title, *(p.text for p in text.front[:8]), *_kickers(text)])
    article = text.page.article.text
    places = {"title": title, "head": article[:HEAD], "article": article[:60_000], "end": article[-1500:]}
    places["any"] = f"{title}\n{article[:HEAD]}"
    low = {name: place.lower() for name, place in places.items()}
    weights: dict[str, float] = {}
    reports: dict[str, bool] = {}
    for sign in _signs(text.language):
        reports[sign.genre] = sign.report
        if sign.pattern.stands(places[sign.where], low[sign.where]):
            weights[sign.genre] = weights.get(sign.genre, 0) + sign.weight
    for_it, against = _best(weights, reports, report=True), _best(weights, reports, report=False)
    structure = _structure(text)
    name, weight = for_it
    if weight + structure > against[1] and weight + structure >= 2:
        return Judged(
            name or "minutes",
            weight + structure > 0,
            weight + structure,
            f"{weight:.1f} for {name}, {structure:.1f} by structure",
        )
    not_a_report = False
    return Judged(
        against[0] or name,
        not_a_report,
        against[1],
        f"{against[1]:.1f} for {against[0]}, {weight + structure:.1f} against",
    )


def _kickers(text: Text) -> Iterator[str]:
    """A line above the article that was taken for a pointer elsewhere: “Opinion: …”."""
    start = text.page.article_span.start if text.page.article_span else 0
    for block in text.page.blocks[:12]:
        if block.label is Label.TEASER and block.span.end <= start and block.span.end - block.span.start < TITLE:
            yield text.page.text[block.span.start : block.span.end]


def _best(weights: dict[str, float], reports: dict[str, bool], *, report: bool) -> tuple[str, float]:
    listed = [(weight, name) for name, weight in weights.items() if reports[name] is report]
    return (max(listed)[1], max(listed)[0]) if listed else ("", 0.0)


def _structure(text: Text) -> float:
    """What the build of the page says: labels of minutes, sentences that tell of a meeting in the past."""
    listed = labels(text.language)
    lines = (*text.front[:8], *text.passages[:60])
    named = [(p.label or (p.body if len(p.body) < LABEL else "")).strip(" .:*_").casefold() for p in lines]
    roles = [listed[name] for name in named if name in listed]
    attended = {entry["category"] for entry in roles if entry["role"] == "attendance"}
    weight = 1.5 * min(len(attended), 2) + 0.5 * any(entry["role"] == "adopted" for entry in roles)
    weight += 0.5 * len({entry["role"] for entry in roles} & {"presiding", "recording", "task"})
    told = 0
    for place, sentence in enumerate(text.sentences[:12]):
        if len(sentence.text) < 2500 and any(telling(text, sentence.text, sentence.low)):
            told += 2 if place < 3 else 1
    return weight + max(min(told, 3), _outcomes(text))


def _outcomes(text: Text) -> float:
    """Where a body is named near the head, how many kinds of outcome are told: two may be chance, four are not."""
    book = _telling(text.language)
    head = " | ".join([text.page.title, *(p.text for p in text.front[:8]), text.page.article.text[:600]])
    if not book or not book[0].search(head):
        return 0
    _body, future, outcomes = book
    kinds: set[int] = set()
    for sentence in text.sentences[:80]:
        if len(sentence.text) < LONG and not future.stands(sentence.text, sentence.low):
            kinds |= {
                kind
                for kind, outcome in enumerate(outcomes)
                if kind not in kinds and outcome.stands(sentence.text, sentence.low)
            }
    return {0: 0.0, 1: 0.0, 2: 1.0, 3: 2.0}.get(len(kinds), 3.0)


@cache
def _telling(language: str) -> tuple[Saying, Saying, tuple[Saying, ...]] | None:
    book = lexicon.load("telling", language)
    if not book:
        return None
    outcomes = tuple(compiled(outcome, re.IGNORECASE) for outcome in book["outcome"])
    return compiled(book["body"], re.IGNORECASE), compiled(book["future"], re.IGNORECASE), outcomes


def laid_out_as_minutes(text: Text) -> bool:
    """Whether the page has the build of minutes, with labels and headings, rather than that of a report in prose."""
    listed = labels(text.language)
    heads = (*text.front[:8], *text.passages[:60])
    if any(listed.get((p.label or p.body[:40]).strip(" .:").casefold(), {}).get("role") == "attendance" for p in heads):
        return True
    order = saying("held", "called_to_order", text.language)
    if any(order.search(p.text[:LONG]) for p in text.passages[:6]):
        return True
    named = saying("held", "called_minutes", text.language)
    return any(named.search(line) for line in (text.page.title, *(p.text for p in heads[:8] if len(p.text) < 200)))


@cache
def _signs(language: str) -> tuple[_Sign, ...]:
    listed = []
    for genre in genres(language):
        book = lexicon.load(genre, language)
        for sign in book.get("signs", []):
            flags = re.MULTILINE | (0 if sign.get("exact_case") else re.IGNORECASE)
            listed.append(
                _Sign(
                    str(book.get("name", genre)),
                    compiled(sign["match"], flags),
                    float(sign.get("weight", 1)),
                    sign.get("where", "any"),
                    bool(book.get("report", True)),
                )
            )
    return tuple(listed)
