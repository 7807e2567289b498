"""The index: one folder on each machine, whose name carries the version of its fields, and one writer.

What it holds can be made anew from the database at any time (`rebuild`); it is no part of the record.
"""

import fcntl
import json
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings
from django.utils.module_loading import import_string

from hemicycle.journal.models import Book, Subject
from hemicycle.search.documents import Searchable
from hemicycle.search.grams import indexed_grams

VERSION = 2
POSITION = "position.json"
WORDS, PAIRS = "words", "pairs"
# The longest name and office of which every pair of words is kept.
MOST_WORDS = 16
BATCH = 500
# One thread and a small heap: a burst of entries is some hundred documents.
HEAP = 30_000_000


class IndexTaken(Exception):
    """Another process of this machine writes the index."""


def folder() -> Path:
    """Return where the index of this version lies."""
    return Path(settings.CONFIG.data) / "search" / f"v{VERSION}"


@cache
def schema() -> Any:
    """Return the fields of the index. Whoever changes them raises VERSION: an old folder is refused by tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("noun", "audience", "scope"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    # All words of a thing in one field, so that each word of a question is looked up once; the title counts besides.
    builder.add_text_field("words", stored=True, tokenizer_name=WORDS)
    builder.add_text_field("title", tokenizer_name=WORDS)
    builder.add_text_field("sector", tokenizer_name=WORDS)
    for name in ("pairs", "people"):
        builder.add_text_field(name, tokenizer_name=PAIRS, index_option="basic")
    for name in ("book", "year", "term"):
        builder.add_unsigned_field(name, indexed=True)
    builder.add_unsigned_field("day", fast=True)
    return builder.build()


@cache
def words() -> Any:
    """Return what makes words of a text: small letters without marks, by their English stems."""
    steps = (
        tantivy.Filter.remove_long(80),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    )
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in steps:
        builder = builder.filter(step)
    return builder.build()


def open_index(place: Path) -> Any:
    """Open the index in a folder, or begin one there; tokenizers are registered anew after every opening."""
    place.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), path=str(place), reuse=True)
    index.register_tokenizer(WORDS, words())
    index.register_tokenizer(PAIRS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


class Writer:
    """The one writer of this machine, who replaces documents and remembers up to which entry of each book."""

    def __init__(self, place: Path) -> None:
        self.place = place
        try:
            self.index = open_index(place)
        except ValueError:
            shutil.rmtree(place)  # It cannot be read; it is only a copy, and is made anew.
            self.index = open_index(place)
        self.writer = self.index.writer(HEAP, 1)
        for version in range(1, VERSION):
            shutil.rmtree(place.parent / f"v{version}", ignore_errors=True)

    def close(self) -> None:
        """Give the folder back; what was not committed is forgotten."""
        del self.writer

    def position(self) -> dict[str, int]:
        """Return the number up to which each book was read, by the book's UUID."""
        file = self.place / POSITION
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def replace(self, names: Iterable[str]) -> None:
        """Put the documents of these things (“meeting:5”) anew; of a thing that is not searchable, none remains."""
        for noun, keys in by_noun(names).items():
            for key in keys:
                self.writer.delete_documents_by_term("id", f"{noun}:{key}")
            self.add(noun, keys)

    def add(self, noun: str, keys: list[int]) -> None:
        """Put documents of things of which the index holds none."""
        for thing in load(noun, keys):
            self.writer.add_document(document(thing))

    def begin_anew(self) -> None:
        """Forget every document; readers see it at the next commit."""
        self.writer.delete_all_documents()

    def commit(self, position: Mapping[str, int]) -> None:
        """Make it visible, then remember the position: whoever dies in between does the same once more."""
        self.writer.commit()
        made = self.place / f"{POSITION}.new"
        made.write_text(json.dumps(dict(position)), encoding="utf-8")
        made.replace(self.place / POSITION)

    def named_in_scopes(self, scopes: Iterable[str]) -> Iterator[str]:
        """Yield the things in the index that are read by the participants of these meetings."""
        query = tantivy.Query.term_set_query(schema(), "scope", sorted(scopes))
        self.index.reload()
        searcher = self.index.searcher()
        count = searcher.search(query, limit=1).count
        for _score, place in searcher.search(query, limit=max(1, count)).hits:
            yield str(searcher.doc(place).get_first("id"))


@contextmanager
def writing() -> Iterator[Writer]:
    """Be the one who writes this machine's index.

    Raises:
        IndexTaken: another process does.
    """
    place = folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexTaken from None
        writer = Writer(place)
        try:
            yield writer
        finally:
            writer.close()


def batched(names: Iterator[str], size: int) -> Iterator[list[str]]:
    """Yield names in lists of at most this size."""
    while batch := list(islice(names, size)):
        yield batch


def by_noun(names: Iterable[str]) -> dict[str, list[int]]:
    """Return the keys of the searchable things among these names, by noun."""
    found: dict[str, list[int]] = {}
    for name in sorted(set(names)):
        noun, _colon, key = name.partition(":")
        if noun in settings.HEMICYCLE_SEARCHABLE and key.isdecimal():
            found.setdefault(noun, []).append(int(key))
    return found


def load(noun: str, keys: list[int]) -> Iterator[Searchable]:
    """Yield the texts of things as their room gives them now."""
    texts = import_string(settings.HEMICYCLE_SEARCHABLE[noun])
    for start in range(0, len(keys), BATCH):
        yield from texts(keys[start : start + BATCH])


def document(thing: Searchable) -> Any:
    """Return a thing as the index keeps it."""
    made = tantivy.Document()
    title, text = composed(thing.title), composed(thing.text)
    made.add_text("id", f"{thing.noun}:{thing.key}")
    made.add_text("noun", thing.noun)
    made.add_text("scope", thing.scope)
    made.add_text("title", title)
    for part in (title, text):
        made.add_text("words", part)
    for who in audiences(thing.access, thing.book, thing.scope):
        made.add_text("audience", who)
    if pairs := indexed_grams(f"{title}\n{text}"):
        made.add_text("pairs", pairs)
    for sector in thing.sectors:
        made.add_text("sector", composed(sector))
    if thing.people:
        made.add_text("people", " ".join({mark for one in thing.people for mark in marks_of(*one)}))
    made.add_unsigned("book", thing.book)
    if thing.term is not None:
        made.add_unsigned("term", thing.term)
    if thing.day:
        made.add_unsigned("year", thing.day.year)
        made.add_unsigned("day", thing.day.toordinal())
    return made


def composed(text: str) -> str:
    """Return a text as it is kept: letters with their marks as one sign."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def audiences(access: str, book: int, scope: str) -> list[str]:
    """Return who may find a thing, as accounts.access.Viewer.sees says it: by name, so that one look answers."""
    desk, body = [f"desk:{book}"], [f"body:{book}"]
    part = [f"part:{scope}"] if scope else []
    by_access = {
        "public": ["all", "house"],
        "organisation": ["house", *desk, *body, *part],
        "participants": [*desk, *body, *part],
        "body": [*desk, *body],
        "desk": desk,
    }
    return by_access[access]


def marks_of(name: str, office: str) -> Iterator[str]:
    """Yield by what a person in an office is found: the words of the name, of the office, and each of both together."""
    names, offices = (list(dict.fromkeys(words().analyze(composed(part))))[:MOST_WORDS] for part in (name, office))
    yield from (f"n:{one}" for one in names)
    yield from (f"o:{one}" for one in offices)
    yield from (f"{one}>{other}" for one in names for other in offices)


def rebuild() -> int:
    """Make the index anew from the database and return how many documents it holds.

    Raises:
        IndexTaken: another process writes it; stop the worker first.
    """
    with writing() as writer:
        return rebuild_with(writer)


def rebuild_with(writer: Writer) -> int:
    """Make the index anew with its writer. What is entered meanwhile is read afterwards."""
    heads = {str(uuid): number for uuid, number in Book.objects.values_list("uuid", "head_number")}
    writer.begin_anew()
    for noun in settings.HEMICYCLE_SEARCHABLE:
        names = Subject.objects.filter(name__startswith=f"{noun}:").values_list("name", flat=True).distinct()
        for batch in batched(names.iterator(chunk_size=BATCH), BATCH):
            for keys in by_noun(batch).values():
                writer.add(noun, keys)
    writer.commit(heads)
    writer.index.reload()
    return int(writer.index.searcher().num_docs)
