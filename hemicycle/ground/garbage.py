"""Garbage: what a process has loaded stays to its end, so that no search for garbage looks at it again.

Python searches for objects that hold each other in circles whenever seven hundred new ones are there, now and then
among all that it holds. With the house loaded that takes a tenth of a second, in the middle of a page, and a fourth of
the time of an act on a whole level, whose rows are all still needed (docs/book.md).
"""

import gc

# So many new objects before a search: what a large page makes, a few megabytes.
NEW = 20_000


def spare_what_stays() -> None:
    """Leave what is loaded by now out of every later search, and search seldom, or as seldom as was asked before."""
    gc.collect()
    gc.freeze()
    new, *older = gc.get_threshold()
    gc.set_threshold(max(new, NEW), *older)
