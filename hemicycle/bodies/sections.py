"""The parts that higher rooms show on a page of a lower one: settings name a function for each, in order.

Such a function takes the request and the thing that the page is about, and returns the part as it is shown, or
nothing.
"""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from hemicycle.accounts.request import HouseRequest

Section = Callable[[HouseRequest, Model], str]


def sections(setting: str, request: HouseRequest, thing: Model) -> list[str]:
    """Return the parts that this setting names, as they are for whoever reads."""
    shown: list[Section] = [import_string(path) for path in getattr(settings, setting)]
    return [part for part in (show(request, thing) for show in shown) if part]
