"""What is asked of a reported figure before it is taken."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.decisions.models import Aim, Directive
from hemicycle.decisions.rollup import rules
from hemicycle.decisions.rollup.rules import GREATEST, Rule
from hemicycle.decisions.rollup.words import amount, period_named
from hemicycle.journal.act import Refused
from hemicycle.meetings.day import zone_of


@dataclass(frozen=True)
class Reported:
    """A figure as it is reported; `more` where the unit says itself that it is more than the target."""

    value: int | None = None
    out_of: int | None = None
    period: date | None = None
    done: bool = False
    more: bool = False


def figure_reported(directive: Directive, aim: Aim | None, reported: Reported, today: date) -> Reported:
    """Return the figure of a report as it is kept; one without a value counts as not reported.

    Raises:
        Refused: none is asked for, it comes from the parts, it has no denominator or exceeds it, it is more than the
            target and that is not confirmed, or its period is not open.
    """
    if aim is None:
        if reported.value is None and reported.out_of is None:
            return Reported()
        raise unfit("no_figure_asked", _("No figure is asked for here. Say it in words."))
    if reported.value is None and reported.done and aim.rule == Rule.MILESTONE and not from_parts(aim):
        reported = replace(reported, value=aim.target)
    if reported.value is None:
        if reported.out_of is not None:
            raise unfit("no_numerator", _("Say how many of these there are."))
        return Reported()
    if from_parts(aim):
        said = _(
            "The figure of this task comes from its parts, which report it. Leave it empty, and say what was done."
        )
        raise unfit("figure_of_parts", said)
    period = open_period(directive, aim, reported.period, today)
    refuse_value(aim, reported)
    return replace(reported, period=period)


def from_parts(aim: Aim) -> bool:
    """Say whether a figure comes from parts that count, or could come from nothing else."""
    return aim.rule == Rule.WEIGHTED or aim.rollup.parts > 0


def refuse_value(aim: Aim, reported: Reported) -> None:
    """Refuse a value that cannot be what was asked for."""
    value, out_of = reported.value or 0, reported.out_of
    if not 0 <= value <= GREATEST or (out_of is not None and out_of > GREATEST):
        raise unfit("figure_out_of_range", _("A figure is nothing or more, and not larger than a million million."))
    if aim.rule == Rule.RATIO:
        if not out_of:
            said = _("A share without what it is a share of cannot be added up. Say out of how many.")
            raise unfit("percentage_without_denominator", said, "out_of")
        if value > out_of:
            said = _("%(value)s out of %(of)s cannot be: a part is not more than its whole.")
            raise unfit("more_than_all", said % {"value": amount(aim, value), "of": amount(aim, out_of)})
    elif out_of is not None:
        raise unfit("no_ratio", _("Only a ratio is reported out of something. Leave it empty."), "out_of")
    if aim.rule == Rule.MILESTONE and value > (aim.target or 0):
        said = _("It is reached in %(steps)d steps, so no more of them can be taken.") % {"steps": aim.target}
        raise unfit("more_than_all", said)
    if aim.rule == Rule.SUM and aim.target is not None and value > aim.target and not reported.more:
        said = _("%(value)s is more than the target of %(target)s. If it is so, say so below and send it again.")
        raise unfit("more_than_target", said % {"value": amount(aim, value), "target": amount(aim, aim.target)})


def open_period(directive: Directive, aim: Aim, period: date | None, today: date) -> date | None:
    """Return the first day of the period that is reported on; refuse one that takes no reports."""
    if not aim.every:
        if period is not None:
            raise unfit("no_periods", _("This task is not reported by periods."), "period")
        return None
    issued = directive.issued.astimezone(zone_of(directive.point.decision.body)).date()
    if period is None:
        raise unfit("no_period", _("Say for which period the figure is."), "period")
    starts = rules.first_day(aim.every, period)
    if starts in rules.open_periods(aim.every, issued, directive.due, today, grace=aim.grace):
        return starts
    named = {"period": period_named(aim.every, starts)}
    if starts not in rules.periods(aim.every, issued, directive.due):
        raise unfit("other_period", _("%(period)s is none of the periods of this task.") % named, "period")
    if starts > today:
        raise unfit("period_to_come", _("%(period)s has not begun yet.") % named, "period")
    closed = rules.closes(aim.every, starts, aim.grace)
    raise unfit(
        "period_closed",
        _("%(period)s took reports until %(day)s and is closed. Report on the next one, and say in words what changed.")
        % {**named, "day": date_format(closed)},
        "period",
    )


def unfit(code: str, sentence: str, field: str = "value") -> Refused:
    """Return the refusal of a figure."""
    return Refused(code, sentence, status=422, field=field)


def figure_facts(aim: Aim | None, figure: Reported) -> dict[str, object]:
    """Return what the entry of a report says of its figure; nothing where it has none."""
    if aim is None or figure.value is None:
        return {}
    told = {"value": figure.value, "out_of": figure.out_of, "measure": aim.measure, "places": aim.places}
    period = figure.period.isoformat() if figure.period else None
    return {"figure": {**told, "rule": aim.rule, "target": aim.target, "every": aim.every, "period": period}}
