"""Where the article begins and ends: how often the reader and trafilatura are right on pages whose article is known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hemicycle.command.bench_read.pages import Made
from hemicycle.reader.score import alike, cases, likeness, words

CORPUS = Path(__file__).parents[2] / "reader" / "tests" / "corpus"
EDGE = 8  # Words at each end.
Finder = Callable[[str, bytes], str]


@dataclass(frozen=True, slots=True)
class Known:
    """A page and the ends of its article, or its whole article."""

    name: str
    html: bytes
    title: str
    first: str
    last: str
    article: str = ""


def known_pages(made: Iterable[Made]) -> list[Known]:
    """Return the HTML pages of the corpus, where it is at hand, and the pages of this run."""
    found = [Known(one.name, one.html, "", *edges(one.article), one.article) for one in made]
    for folder in (CORPUS / "seen", CORPUS / "unseen"):
        for case in cases(folder):
            if case.page.suffix == ".html":
                ends = case.truth["article_first_words"], case.truth["article_last_words"]
                found.append(Known(case.page.name, case.page.read_bytes(), case.truth["title"], *ends))
    return found


def edges(text: str) -> tuple[str, str]:
    """Return the first and the last words of a text."""
    found = text.split()
    return " ".join(found[:EDGE]), " ".join(found[-EDGE:])


def ends_right(pages: Iterable[Known], find: Finder) -> float:
    """Return how many of the beginnings and ends were found, as a share."""
    right = count = 0
    for page in pages:
        text = find(page.name, page.html).strip()
        if page.title and text.startswith(page.title):
            text = text[len(page.title) :]  # A headline is not counted against anyone.
        first, last = edges(text)
        right += alike(page.first, first) + alike(page.last, last)
        count += 2
    return round(right / count, 3) if count else 0.0


def words_right(pages: Iterable[Known], find: Finder) -> float:
    """Return how alike the words found and the article's are, on the mean, where the whole article is known."""
    found = [likeness(page.article, find(page.name, page.html)) for page in pages if words(page.article)]
    return round(sum(found) / len(found), 3) if found else 0.0


def by_reader(name: str, html: bytes) -> str:
    """The article as the reader finds it."""
    from hemicycle.reader.page import open_page

    return open_page(html, name=name).article.text


def by_trafilatura(_name: str, html: bytes) -> str:
    """The article as trafilatura finds it."""
    from trafilatura import extract

    return extract(html) or ""
