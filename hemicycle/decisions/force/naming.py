"""How an earlier decision is named that a later one changes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Changing:
    """An earlier decision that is changed: how, by its number, and of which body where it is another."""

    how: str
    number: int
    body: str = ""
