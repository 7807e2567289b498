"""What an address asks for behind its question mark: a period, a unit; nonsense asks for nothing."""

from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.plans.models import Indicator, Period
from hemicycle.plans.queries.board import Board, is_measured_in


def key_asked(request: HouseRequest, name: str) -> int | None:
    """Return the key that an address asks for, None where there is none."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None


def period_asked(request: HouseRequest, board: Board, indicator: Indicator, first: Period | None = None) -> Period:
    """Return the period that an address asks for, by default the first; it must be one in which it is measured."""
    period = board.periods.get(key_asked(request, "period") or (first or indicator.period).pk)
    if period is None or not is_measured_in(indicator, period):
        raise Http404(_("It is not measured in this period."))
    return period
