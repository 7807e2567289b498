"""Days in words, as the reader's language writes them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def days(first: str, last: str) -> str:
    """Return one day, or two with “to” between them, as the reader's language writes them."""
    starts, ends = date.fromisoformat(first), date.fromisoformat(last)
    if starts == ends:
        return _("on %(day)s") % {"day": date_format(starts)}
    return _("from %(first)s to %(last)s") % {"first": date_format(starts), "last": date_format(ends)}
