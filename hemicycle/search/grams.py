"""Chinese, Japanese and Korean by pairs of letters, because such text has no spaces that part its words. Pure.

The index holds every pair; a query asks for all of its pairs, and what is found is confirmed on the text itself,
since pairs match in any order.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

# Kana, ideographs with their extensions and compatibility forms, Hangul letters and syllables.
RUN = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3031-\u3035\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def folded(text: str) -> str:
    """Return a text as it is compared: composed, in small letters, forms of one letter as one."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """Return the stretches of a folded text that have no spaces between their words."""
    return RUN.findall(text)


def without_runs(text: str) -> str:
    """Return the rest of a folded text."""
    return RUN.sub(" ", text)


def grams(run: str) -> Iterator[str]:
    """Yield the pairs of a stretch; of a single letter, itself."""
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second


def indexed_grams(text: str) -> str:
    """Return all pairs and single letters of a text, each once, with spaces between them."""
    if text.isascii():
        return ""
    found: dict[str, None] = {}
    for run in runs(folded(text)):
        found.update(dict.fromkeys(run))
        found.update(dict.fromkeys(grams(run)))
    return " ".join(found)
