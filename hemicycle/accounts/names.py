"""How names are sorted and compared."""

import unicodedata


def sort_name(name: str) -> str:
    """Return the key by which a name is sorted: the last word first, in small letters, marks left as they are."""
    words = name.split()
    return " ".join([*words[-1:], *words[:-1]]).casefold()


def as_compared(name: str) -> str:
    """Return a name for comparing: capitals, spaces and the ways to write the same letter do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
