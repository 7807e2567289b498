"""What stands in a cell of a table that people bring: a text, or a day that reads the same in every country."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LOCAL = re.compile(r"\d{1,4}([./\- ])\d{1,2}\1\s?\d{1,4}\.?", re.ASCII)


class BadDay(Exception):
    """A cell that holds no day, with a sentence about what to write."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def text_of(cell: object) -> str:
    """Return a cell as text."""
    return "" if cell is None else str(cell).strip()


def one_line(text: str) -> str:
    """Return a text with the ends of its lines as every table has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def day_of(cell: object) -> date:
    """Return the day in a cell that is not empty.

    Raises:
        BadDay: it is none, or one that is written in another way in each country.
    """
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell
    text = text_of(cell)
    if isinstance(cell, str) and ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadDay(_("There is no such day. Write it like 2026-03-02.")) from None
    if isinstance(cell, str) and LOCAL.fullmatch(text):
        raise BadDay(_("This day is written in another way in each country. Write it like 2026-03-02."))
    raise BadDay(_("This is not a day. Write it like 2026-03-02."))
