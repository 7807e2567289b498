"""Figures as people type and read them: whole numbers of their last place, exactly, or not at all."""

import re
from fractions import Fraction

GREATEST = 10**15
PLAIN = re.compile(r"-?\d{1,18}(?:[.,]\d{1,9})?", re.ASCII)
# One separator with three digits after it: in one country thousands, in the next a thousandth.
EITHER_WAY = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
# A percentage in English, and in the languages that write its word alike.
PERCENTAGE = re.compile(r"%|\b(per ?cent|pro[cz]ent|por ?ciento|pour ?cent|por ?cento)", re.IGNORECASE)
SPACES = str.maketrans("", "", " \u00a0\u202f'’_")


class NoFigure(ValueError):
    """What was typed is no figure, for one of these reasons: ambiguous, not a number, too exact, too large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_percentage(measure: str) -> bool:
    """Say whether a unit of measure is a percentage, which cannot be added up without what it is a share of."""
    return PERCENTAGE.search(measure) is not None


def scaled(typed: str, places: int) -> int:
    """Return a typed figure in steps of its last place: “12.5” with one place is 125.

    Spaces may stand between thousands; a point or a comma stands before decimals.

    Raises:
        NoFigure: it is not a number, ambiguous (1,234), more exact than its last place, or too large.
    """
    text = typed.strip().translate(SPACES)
    if EITHER_WAY.fullmatch(text):
        raise NoFigure("ambiguous")
    return exact(text, places)


def exact(text: str, places: int) -> int:
    """Return a figure whose separator can only be that before its decimals, as a program writes it."""
    if not PLAIN.fullmatch(text):
        raise NoFigure("not a number")
    whole, _mark, decimals = text.replace(",", ".").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > places:
        raise NoFigure("too exact")
    found = int(whole + decimals.ljust(places, "0"))
    if abs(found) > GREATEST:
        raise NoFigure("too large")
    return found


def shown(value: int | Fraction | None, places: int) -> str:
    """Return a figure in steps of its last place as one reads it: rounded half away from nought, or nothing.

    Narrow no-break spaces stand between thousands from 10 000 on.
    """
    if value is None:
        return ""
    found = Fraction(value)
    steps = int(abs(found) + Fraction(1, 2))
    whole, decimals = divmod(steps, 10**places)
    digits = f"{whole:,}".replace(",", "\u202f") if whole >= 10_000 else str(whole)
    sign = "−" if found < 0 and steps else ""
    return f"{sign}{digits}.{decimals:0{places}d}" if places else f"{sign}{digits}"


def plain(value: int | None, places: int) -> str:
    """Return a figure as a program reads it: no spaces, a point before its decimals, “” where it is missing."""
    if value is None:
        return ""
    whole, decimals = divmod(abs(value), 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals:0{places}d}" if places else f"{sign}{whole}"
