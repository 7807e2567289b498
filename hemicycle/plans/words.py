"""The sentences of plans, targets and figures."""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.decisions.words import on
from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about plans."""

    PERIOD_PLANNED = "period.planned"
    PERIOD_CLOSED = "period.closed"
    INDICATOR_DEFINED = "indicator.defined"
    INDICATOR_REDEFINED = "indicator.redefined"
    TARGET_SET = "target.set"
    SHARES_ALLOCATED = "shares.allocated"
    FIGURE_REPORTED = "figure.reported"
    FIGURE_REVIEWED = "figure.reviewed"
    FIGURE_DISPUTED = "figure.disputed"
    FIGURES_IMPORTED = "figures.imported"
    FIGURES_WITHDRAWN = "figures.withdrawn"
    METHOD_TOLD = "method.told"
    PEERS_FORMED = "peers.formed"
    PEERS_DISSOLVED = "peers.dissolved"


def period_planned(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "starts": on(facts["starts"]), "ends": on(facts["ends"])}
    return _("“%(title)s” was planned, from %(starts)s to %(ends)s.") % said


def period_closed(entry: Entry) -> str:
    return _("“%(title)s” was closed: no further figure is taken for it.") % entry.facts


def indicator_defined(entry: Entry) -> str:
    return _("Indicator %(code)s, “%(title)s”, was defined, in %(unit_of_measure)s.") % entry.facts


def indicator_redefined(entry: Entry) -> str:
    return _("What %(code)s counts was defined anew, in version %(version)d: %(text)s Why: %(reason)s") % entry.facts


def target_set(entry: Entry) -> str:
    facts = entry.facts
    if facts["old"]:
        told = _(
            "The target of %(code)s for “%(period)s” was changed by decision %(decision)d from %(old)s to %(new)s "
            "%(unit_of_measure)s: %(reason)s"
        )
    else:
        told = _(
            "The target of %(code)s for “%(period)s” was set by decision %(decision)d: %(new)s %(unit_of_measure)s."
        )
    return told % facts


def shares_allocated(entry: Entry) -> str:
    facts = entry.facts
    units = ngettext("%(count)d unit", "%(count)d units", facts["count"]) % {"count": facts["count"]}
    return _("%(over)s gave %(units)s their shares of %(code)s for “%(period)s”.") % {**facts, "units": units}


def figure_reported(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "as_of": on(facts["as_of"])}
    told = _("%(unit)s reported %(figure)s for %(code)s, “%(period)s”, as of %(as_of)s.") % said
    if facts["explanation"]:
        told += " " + _("It explains: %(explanation)s") % facts
    return told


def figure_reviewed(entry: Entry) -> str:
    return _("The figure of %(unit)s for %(code)s, “%(period)s”, %(figure)s, was reviewed.") % entry.facts


def figure_disputed(entry: Entry) -> str:
    return _("The figure of %(unit)s for %(code)s, “%(period)s”, %(figure)s, was disputed: %(reason)s") % entry.facts


def method_told(entry: Entry) -> str:
    return _("%(unit)s told what it did for %(code)s, “%(period)s”: %(text)s") % entry.facts


def peers_formed(entry: Entry) -> str:
    said = {**entry.facts, "units": ", ".join(entry.facts["units"])}
    return _("A group of peers was formed, “%(name)s”: %(units)s.") % said


def peers_dissolved(entry: Entry) -> str:
    return _("The group of peers “%(name)s” was dissolved: %(reason)s") % entry.facts


def figures_imported(entry: Entry) -> str:
    facts = entry.facts
    figures = ngettext("%(count)d figure", "%(count)d figures", facts["count"]) % {"count": facts["count"]}
    return _("%(unit)s reported %(figures)s in one table, “%(file)s”.") % {**facts, "figures": figures}


def figures_withdrawn(entry: Entry) -> str:
    facts = entry.facts
    figures = ngettext("%(count)d figure", "%(count)d figures", facts["count"]) % {"count": facts["count"]}
    told = _("%(unit)s took back the %(figures)s of its table %(number)d, “%(file)s”: %(reason)s")
    return told % {**facts, "figures": figures}
