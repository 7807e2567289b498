"""Figures of directives in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.decisions.rollup.figures import shown
from hemicycle.decisions.rollup.rules import Every, Figure, Rule


class Measured(Protocol):
    """What says in which measure a figure is: an aim, or a line that remembers one."""

    rule: str
    measure: str
    places: int


def amount(aim: Measured, value: int) -> str:
    """Return a value with its unit of measure."""
    if aim.rule == Rule.MILESTONE:
        return shown(value, 0)
    return f"{shown(value, aim.places)} {aim.measure}".strip()


def percent(value: int, of: int) -> str:
    """Return a share in percent with one decimal, rounded down, so that 100 % is never said of less."""
    return f"{shown(value * 1000 // of, 1)} %"


def figure_told(aim: Measured, figure: Figure) -> str:
    """Return a figure as one reads it, without its completeness: “1 200 of 2 000 houses (60.0 %)”."""
    if not figure.reported:
        return _("not reported yet")
    if aim.rule == Rule.WEIGHTED:
        return _("%(percent)s of the weight reported on") % {"percent": weighted(figure)}
    if not figure.of:
        return amount(aim, figure.value)
    said = {
        "value": shown(figure.value, aim.places),
        "of": _("%(count)s steps") % {"count": figure.of} if aim.rule == Rule.MILESTONE else amount(aim, figure.of),
        "percent": percent(figure.value, figure.of),
    }
    if asked := share_asked(aim):
        return _("%(value)s of %(of)s (%(percent)s; the target is %(asked)s)") % {**said, "asked": asked}
    return _("%(value)s of %(of)s (%(percent)s)") % said


def share_asked(aim: Measured) -> str:
    """Return the share that is to be reached, in percent, where one was asked for."""
    target, of = getattr(aim, "target", None), getattr(aim, "target_of", None)
    return percent(target, of) if aim.rule == Rule.RATIO and target is not None and of else ""


@dataclass(frozen=True)
class FigureShown:
    """A figure as it stands on a page: what it comes to, how many of those asked reported, and by which rule."""

    told: str
    reported: str
    complete: bool
    rule: str


def shown_of(aim: Measured, figure: Figure) -> FigureShown:
    """Return a figure as it stands on a page. Who reported by periods may have left some of them out."""
    reported = completeness(figure)
    if getattr(aim, "every", ""):
        counts = {"reported": figure.reported, "expected": figure.expected}
        reported = _("%(reported)d of %(expected)d reported at least once") % counts
    return FigureShown(figure_told(aim, figure), reported, figure.complete, rule_told(aim.rule))


def by_periods(shown: FigureShown, reported: int, begun: int) -> FigureShown:
    """Return the figure of a task without parts with how many of the periods that have begun it was reported for."""
    said = _("%(reported)d of %(begun)d periods reported") % {"reported": reported, "begun": begun}
    return replace(shown, reported=said, complete=reported >= begun)


def weighted(figure: Figure) -> str:
    """Return how much of the weights that were reported on is reached."""
    # Shares are millionths: a thousandth of them is a tenth of a percent.
    return f"{shown(figure.value // figure.of // 1000, 1)} %" if figure.of else ""


def completeness(figure: Figure) -> str:
    """Return how many of those asked have reported."""
    return _("%(reported)d of %(expected)d reported") % {"reported": figure.reported, "expected": figure.expected}


def rule_told(rule: str) -> str:
    """Return by which rule figures make that of the whole."""
    return {
        Rule.SUM.value: _("The figures of the parts are added up."),
        Rule.RATIO.value: _("The numerators and the denominators of the parts are added up, never their percentages."),
        Rule.WEIGHTED.value: _("How far each part is counts by its weight; the weights come to 100 %."),
        Rule.MILESTONE.value: _("The steps that the parts have reached are counted, out of all steps."),
    }[rule]


def period_named(every: str, starts: date) -> str:
    """Return the name of a period: “March 2026”, or “Quarter 1 of 2026”."""
    if every == Every.QUARTER:
        return _("Quarter %(number)d of %(year)d") % {"number": (starts.month + 2) // 3, "year": starts.year}
    return date_format(starts, "F Y")


class Asked(Measured, Protocol):
    """What a figure is asked by."""

    target: int | None
    every: str


@dataclass
class AskedBy:
    """An aim as an entry tells it."""

    rule: str
    measure: str
    places: int
    target: int | None
    every: str


def figure_in_facts(facts: Mapping[str, Any]) -> str:
    """Return the figure of a report as its entry tells it; nothing where it has none."""
    told = facts.get("figure")
    if not told:
        return ""
    period = date.fromisoformat(told["period"]) if told["period"] else None
    aim = AskedBy(told["rule"], told["measure"], told["places"], told["target"], told["every"])
    return report_told(aim, told["value"], told["out_of"], period)


def report_told(aim: Asked, value: int, out_of: int | None, period: date | None) -> str:
    """Return the figure of one report as a sentence."""
    said = shown(value, aim.places)
    if out_of is not None:
        said = _("%(value)s of %(of)s") % {"value": said, "of": shown(out_of, aim.places)}
    elif aim.rule == Rule.MILESTONE:
        said = _("%(value)s of %(of)s steps") % {"value": said, "of": aim.target}
    said = f"{said} {aim.measure}".strip()
    if period:
        return _("Reported for %(period)s: %(figure)s.") % {"period": period_named(aim.every, period), "figure": said}
    return _("Reported: %(figure)s.") % {"figure": said}
