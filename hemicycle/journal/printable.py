"""Characters that no document takes: word processors leave them in what is pasted, and XML has no place for them."""

import re

# XML 1.0, production 2, takes tab, line feed and carriage return, and of the rest below the space nothing.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
# A word processor's line break within a paragraph, and its page break.
BREAKS = re.compile("[\x0b\x0c]")


def printable(text: str) -> str:
    """Return a text without what cannot be printed; breaks within a paragraph become spaces."""
    return UNPRINTABLE.sub("", BREAKS.sub(" ", text))
