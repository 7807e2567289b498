"""Asking the index. Who may find what is part of the question itself, so that counts tell nothing either."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hemicycle.journal.readers import Reader
from hemicycle.search.documents import Searchable
from hemicycle.search.grams import folded, grams, runs, without_runs
from hemicycle.search.index import MOST_WORDS, POSITION, composed, folder, load, open_index, schema, words

PAGE = 20
LONGEST = 1000
MOST_TERMS = 40
# What is found by pairs is confirmed on the text; beyond so many the count is “so many or more”.
MOST_CONFIRMED = 500
MOST_TITLES = 10_000
AROUND = 110
Q = tantivy.Query


@dataclass(frozen=True)
class Hit:
    """A thing that was found. `snippet` is safe HTML with what matched in <mark>; `address` has no language."""

    noun: str
    title: str
    snippet: SafeString
    address: str
    day: date | None
    body: str
    kind: str
    language: str


@dataclass(frozen=True)
class Found:
    """A page of what was found. `ready` is False while there is no index yet."""

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    ready: bool = True


@dataclass(frozen=True)
class Asked:
    """A question as people type it: words, “phrases”, -words not wanted, and stretches without spaces."""

    words: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()
    runs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.runs)


def search(
    viewer: Reader,
    text: str,
    *,
    body: int | None = None,
    kind: str | None = None,
    year: int | None = None,
    term: int | None = None,
    sector: str = "",
    person: str = "",
    office: str = "",
    page: int = 1,
) -> Found:
    """Return what this viewer may find, the best first; without words, the latest first.

    `body` is the key of a book, `kind` a noun (“decision”), `term` the ordinal of a term; `person` with `office` finds
    where somebody stands in that office. Nothing that a person can type is an error.
    """
    searcher = opened()
    if searcher is None:
        return Found(ready=False)
    asked = read(text)
    narrowing = [*filters(body, kind, year, term), *about(sector), *standing_in(person, office)]
    if not asked and (text.strip() or not narrowing):
        return Found()
    conditions = [allowed(viewer), *narrowing]
    silent = [(tantivy.Occur.Must, Q.const_score_query(condition, 0)) for condition in conditions]
    query = Q.boolean_query([*wanted(searcher, asked), *silent])
    page = max(1, min(page, 10_000))
    total, documents = (confirmed if asked.runs else counted)(searcher, query, asked, page)
    snippets = Snippets(searcher, asked)
    hits = [hit(thing, snippets.of(composed(thing.text))) for thing in still_allowed(viewer, documents)]
    return Found(total, hits, page, max(1, -(-total // PAGE)))


def opened() -> Any:
    """Return a searcher of the index as it is now, or None where there is none yet."""
    place = folder()
    if not (place / POSITION).exists():
        return None
    try:
        index = index_in(place, place.stat().st_ino)
        index.reload()
    except (OSError, ValueError):
        return None  # It is being put in its place just now.
    return index.searcher()


@lru_cache(maxsize=2)
def index_in(place: Path, _inode: int) -> Any:
    """Return the open index of a folder: opened once in each process, then reloaded."""
    return open_index(place)


def read(text: str) -> Asked:
    """Take a question apart; what cannot be asked is left out."""
    text = folded(text[:LONGEST].replace("\0", " ").encode("utf-8", "ignore").decode())
    wanted_words: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for minus, phrase, word in re.findall(r"(?:(?<!\S)(-))?(?:\"([^\"]*)\"|([^\s\"]+))", without_runs(text)):
        terms = tuple(words().analyze(phrase or word))
        if terms and len(wanted_words) + len(unwanted) < MOST_TERMS:
            (unwanted if minus else wanted_words).append(terms[:MOST_TERMS])
    return Asked(tuple(wanted_words), tuple(unwanted), tuple(dict.fromkeys(runs(text)))[:MOST_TERMS])


def wanted(searcher: Any, asked: Asked) -> list[tuple[Any, Any]]:
    """Return the conditions that the words themselves make; a title counts more than a text."""
    if not asked:
        return [(tantivy.Occur.Must, Q.all_query())]
    must = [(tantivy.Occur.Must, together("words", terms)) for terms in asked.words]
    telling = [terms for terms in asked.words if tells_in_a_title(searcher, terms)]
    must += [(tantivy.Occur.Should, together("title", terms)) for terms in telling]
    must += [(tantivy.Occur.MustNot, together("words", terms)) for terms in asked.unwanted]
    for run in asked.runs:
        must += [(tantivy.Occur.Must, Q.term_query(schema(), "pairs", pair)) for pair in list(grams(run))[:MOST_TERMS]]
    return must


def tells_in_a_title(searcher: Any, terms: tuple[str, ...]) -> bool:
    """Say whether it tells anything that these words stand in a title: what stands in very many only costs time."""
    return any(searcher.doc_freq("title", term) <= MOST_TITLES for term in terms)


def together(name: str, terms: tuple[str, ...]) -> Any:
    """Return the condition that terms stand in a field, one after another."""
    return Q.phrase_query(schema(), name, list(terms)) if len(terms) > 1 else Q.term_query(schema(), name, terms[0])


def allowed(viewer: Reader) -> Any:
    """Return what accounts.access.Viewer.sees says, as a condition of the index: one of the viewer's audiences."""
    mine = ["house" if viewer.organisation else "all"]
    mine += [f"desk:{book}" for book in sorted(viewer.desks)]
    mine += [f"body:{book}" for book in sorted(viewer.bodies)]
    mine += [f"part:{scope}" for scope in sorted(viewer.scopes)]
    return Q.boolean_query([(tantivy.Occur.Should, Q.term_query(schema(), "audience", one)) for one in mine])


def filters(body: int | None, kind: str | None, year: int | None, term: int | None) -> list[Any]:
    """Return the conditions that the filters of the page make."""
    asked = (("book", body), ("noun", kind), ("year", year), ("term", term))
    return [
        Q.term_query(schema(), name, value) if isinstance(value, str) or 0 <= value < 2**63 else Q.empty_query()
        for name, value in asked
        if value is not None and value != ""
    ]


def about(sector: str) -> list[Any]:
    """Return the condition that a thing is about a sector, named by some words of its name."""
    return [together("sector", terms)] if (terms := analysed(sector)) else []


def standing_in(person: str, office: str) -> list[Any]:
    """Return the conditions that somebody of this name stands there, in this office, and as the same where both are."""
    names, offices = analysed(person), analysed(office)
    if names and offices:
        marks = [f"{one}>{other}" for one in names for other in offices]
    else:
        marks = [*(f"n:{one}" for one in names), *(f"o:{one}" for one in offices)]
    return [Q.term_query(schema(), "people", mark) for mark in marks]


def analysed(text: str) -> tuple[str, ...]:
    """Return the words of what was typed into a filter."""
    clean = composed(text[:LONGEST].replace("\0", " ").encode("utf-8", "ignore").decode())
    return tuple(words().analyze(clean))[:MOST_WORDS]


def counted(searcher: Any, query: Any, asked: Asked, page: int) -> tuple[int, list[Any]]:
    """Return how many were found, and the documents of a page."""
    order = {} if asked else {"order_by_field": "day"}
    found = searcher.search(query, limit=PAGE, offset=(page - 1) * PAGE, **order)
    documents = [searcher.doc(place) for _score, place in found.hits]
    return found.count, sorted(documents, key=beside) if asked else documents


def beside(document: Any) -> bool:
    """Say whether a thing only stood on the page of another: it comes after all else on its page of hits."""
    return str(document.get_first("id")).startswith("teaser:")


def confirmed(searcher: Any, query: Any, asked: Asked, page: int) -> tuple[int, list[Any]]:
    """Return the same where pairs of letters were asked for: only what has them one after another."""
    found = searcher.search(query, limit=MOST_CONFIRMED)
    documents = [searcher.doc(place) for _score, place in found.hits]
    kept = [document for document in documents if all(run in folded(whole(document)) for run in asked.runs)]
    return len(kept), kept[(page - 1) * PAGE : page * PAGE]


def whole(document: Any) -> str:
    """Return the title and text of a document."""
    return "\n".join(document.get_all("words"))


def still_allowed(viewer: Reader, documents: list[Any]) -> Iterator[Searchable]:
    """Yield the things that were found as they are now, without those that were closed or removed a moment ago."""
    found = [document.get_first("id") for document in documents]
    wanted_keys: dict[str, list[int]] = {}
    for name in found:
        noun, _colon, key = name.partition(":")
        wanted_keys.setdefault(noun, []).append(int(key))
    now = {
        f"{thing.noun}:{thing.key}": thing
        for noun, keys in wanted_keys.items()
        for thing in load(noun, keys)
        if viewer.sees(thing.access, book=thing.book, scope=thing.scope)
    }
    yield from (now[name] for name in found if name in now)


def hit(thing: Searchable, snippet: SafeString) -> Hit:
    """Return a thing as the page shows it."""
    return Hit(
        noun=thing.noun,
        title=thing.title,
        snippet=snippet,
        address=thing.address,
        day=thing.day,
        body=thing.body,
        kind=str(thing.kind),
        language=thing.language,
    )


class Snippets:
    """Makes the few lines of a text that show why it was found."""

    def __init__(self, searcher: Any, asked: Asked) -> None:
        self.runs = asked.runs
        self.generator = None
        if asked.words:
            query = Q.boolean_query([(tantivy.Occur.Should, together("words", terms)) for terms in asked.words])
            self.generator = tantivy.SnippetGenerator.create(searcher, query, schema(), "words")
            self.generator.set_max_num_chars(2 * AROUND)

    def of(self, text: str) -> SafeString:
        """Return the lines for one text, or its beginning where only the title matched."""
        if self.runs and (place := folded(text).find(self.runs[0])) >= 0 and len(folded(text)) == len(text):
            start, end = whole_words(text, max(0, place - AROUND), place, place + len(self.runs[0]), place + AROUND)
            return marked(text[start:end], [(place - start, place - start + len(self.runs[0]))])
        if self.generator:
            document = tantivy.Document()
            document.add_text("words", text)
            snippet = self.generator.snippet_from_doc(document)
            # The places are counted in bytes.
            fragment = snippet.fragment().encode()
            if places := [(one.start, one.end) for one in snippet.highlighted()]:
                return marked(fragment, places)
        return marked(text[: whole_words(text, 0, 0, 0, 2 * AROUND)[1]], [])


def whole_words(text: str, first: int, begins: int, ends: int, last: int) -> tuple[int, int]:
    """Return the part of a text from about `first` to about `last` that cuts no word; what matched stays whole."""
    start = text.find(" ", first, begins) + 1 if first else 0
    end = text.rfind(" ", ends, last) if last < len(text) else len(text)
    return start or first, end if end > ends else last


def marked(text: str | bytes, places: list[tuple[int, int]]) -> SafeString:
    """Return a text as safe HTML with these places marked."""
    parts, last = [], 0
    for start, end in sorted(places):
        if start >= last:
            parts.append((decoded(text[last:start]), decoded(text[start:end])))
            last = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), decoded(text[last:]))


def decoded(part: str | bytes) -> str:
    """Return a part of a text as text, its lines as one."""
    return " ".join((part if isinstance(part, str) else part.decode()).splitlines())
