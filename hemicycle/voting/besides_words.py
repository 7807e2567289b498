"""Shares in words, and what the rules ask beside a majority: a second one, and a quorum of votes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def besides(facts: Mapping[str, Any]) -> str:
    """Return the arithmetic of a second majority and of a quorum of votes, empty where the rules ask for neither."""
    told = ""
    if second := facts.get("second"):
        said = {**second, "share": share(second["numerator"], second["denominator"], strict=second["strict"])}
        counts = {
            "weight": _("By weight %(for)d for, %(against)d against, %(abstained)d abstained;"),
            "units": _("Of the units %(for)d for, %(against)d against, %(abstained)d abstained;"),
        }[second["by"]]
        told += f" {counts % said} " + _("%(needed)d of %(base)d were needed (%(share)s).") % said
    if quorum := facts.get("votes_quorum"):
        enough = _("%(cast)d votes were cast, and %(needed)d of %(members)d are enough to decide.")
        too_few = _("%(cast)d votes were cast, too few to decide: %(needed)d of %(members)d were needed.")
        told += " " + (enough if quorum["cast"] >= quorum["needed"] else too_few) % quorum
    return told


def share(numerator: int, denominator: int, *, strict: bool) -> str:
    """Return a share in words where it is a usual one, else as a fraction."""
    usual = {
        (1, 2, True): _("over half"),
        (1, 2, False): _("at least half"),
        (2, 3, False): _("at least two thirds"),
        (2, 3, True): _("over two thirds"),
        (3, 4, False): _("at least three quarters"),
        (3, 4, True): _("over three quarters"),
        (3, 5, False): _("at least three fifths"),
    }
    if (numerator, denominator, strict) in usual:
        return usual[numerator, denominator, strict]
    fraction = f"{numerator}/{denominator}"
    return (_("more than %(fraction)s") if strict else _("at least %(fraction)s")) % {"fraction": fraction}
