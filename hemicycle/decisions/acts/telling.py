"""What many units told the office is entered in one act, each report marked so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hemicycle.bodies.models import Unit
from hemicycle.decisions import rules
from hemicycle.decisions.acts.issuing import lock_operational
from hemicycle.decisions.acts.measuring import Reported, figure_reported
from hemicycle.decisions.acts.reporting import refuse_ended, refuse_same
from hemicycle.decisions.acts.standing import local_day
from hemicycle.decisions.models import Directive, Point, Progress, Rollup
from hemicycle.decisions.queries import state_of
from hemicycle.decisions.rollup import keeping
from hemicycle.decisions.words import Kind, because_of_state
from hemicycle.ground.among import Among
from hemicycle.journal.act import Act, Actor, Happened, Refused, act


@dataclass(frozen=True)
class ToldReport:
    """What a unit told the office about a task, by the task's number within its point."""

    number: int
    narrative: str
    value: int | None = None
    out_of: int | None = None
    period: date | None = None
    delay_reason: str = ""
    more_than_target: bool = False


def enter_reports(
    *, by: Actor, point_id: int, reports: Sequence[ToldReport], happened: Happened | None = None
) -> list[Progress]:
    """Enter what units told the office about their tasks of a point, by its desk. One act and one entry for all.

    A task that was not received yet counts as received with it: its unit has told of it.

    Raises:
        Refused: a task is not there, has ended or waits to be verified, is told of twice, or its report would be
            refused alone: its unit has ended, it is from before the task, or says what the last one said. The sentence
            names the task, and nothing is entered.
    """
    with act(Kind.REPORTS_ENTERED, by=by, happened=happened) as entry:
        point = lock_operational(entry, point_id)
        told = {report.number: report for report in reports}
        if not reports or len(told) < len(reports):
            raise Refused("no_reports", _("Enter at least one report, and one of each task."), status=422)
        directives = locked(point, list(told))
        rows = keeping.locked_with_wholes(one.pk for one in directives)
        earlier = Progress.objects.filter(Among("directive", [one.pk for one in directives])).order_by()
        newest = earlier.values("directive").annotate(newest=Max("pk")).values("newest")
        told_last = Progress.objects.filter(pk__in=newest).order_by().values()
        last = {one["directive_id"]: one for one in told_last}
        today = local_day(entry, point.decision.body)
        units = Unit.objects.filter(Among("pk", {one.responsible_unit_id for one in directives}))
        if gone := units.filter(ended__lte=today).first():
            refuse_ended(gone, today)
        done = set(earlier.filter(done=True).values_list("directive", flat=True))
        stood = {one.pk: state_of(one) if one.pk in done else str(one.state) for one in directives}
        made = []
        for one in directives:
            kept = rows.get(one.pk)
            made.append(row_of(entry, one, kept, told[one.number], stood[one.pk], last.get(one.pk), today))
        entry.create_many(Progress, made)
        entry.update_same([one for one in directives if one.received is None], received=entry.when)
        entry.update_same([one for one in directives if one.state], state=Directive.State.OPEN)
        keeping.report_all(made, rows)
        decision = point.decision
        entry.record(
            subjects=[*directives, point, decision],
            access=decision.access,
            scope=decision.meeting,
            facts={
                "body": decision.body.name,
                "decision": decision.number,
                "point": point.ordinal,
                "reports": len(made),
                "with_figure": sum(one.value is not None for one in made),
                "office": decision.body.unit.name,
            },
        )
    return made


def locked(point: Point, numbers: list[int]) -> list[Directive]:
    """Return the tasks of a point with these numbers, locked as everywhere: wholes, which are older, before parts."""
    found = Directive.objects.select_for_update(of=("self",)).filter(Among("number", numbers), point=point)
    directives = list(found.order_by("pk"))
    if missing := set(numbers) - {one.number for one in directives}:
        raise Refused(
            "no_such_task",
            _("This point has no task number %(number)d. Nothing was entered.") % {"number": min(missing)},
            status=422,
        )
    for one in directives:
        one.point = point
    return directives


def row_of(
    entry: Act,
    directive: Directive,
    kept: Rollup | None,
    told: ToldReport,
    state: str,
    last: Mapping[str, Any] | None,
    today: date,
) -> Progress:
    """Return a report as it is written; refuse one that would be refused alone, by the name of its task."""
    try:
        refuse_early(directive, entry.when)
        figure = figure_told(directive, kept, told, state, today)
        said = {
            "value": figure.value,
            "out_of": figure.out_of,
            "period": figure.period,
            "narrative": told.narrative.strip(),
            "delay_reason": told.delay_reason.strip() if rules.asks_for_delay(directive.due, today) else "",
        }
        if last:
            refuse_same(last, {**said, "done": False, "expected": None, "help_needed": ""})
    except Refused as refusal:
        named = {"number": directive.number, "unit": directive.responsible_unit.name, "why": refusal.sentence}
        sentence = _("Task %(number)d, of %(unit)s: %(why)s Nothing was entered.") % named
        raise Refused(refusal.code, sentence, status=refusal.status) from None
    return Progress(
        directive=directive,
        ordinal=last["ordinal"] + 1 if last else 1,
        unit_id=directive.responsible_unit_id,
        reported=entry.when,
        **said,
        language=directive.language,
        reporter_id=entry.by.person,
        through=directive.point.decision.body.unit,
    )


def refuse_early(directive: Directive, moment: datetime) -> None:
    """Refuse a report from before its task was issued, or was received where it was."""
    if moment < directive.issued:
        raise Refused("out_of_order", _("A task is reported on after it was issued. Enter a later moment."))
    if directive.received and moment < directive.received:
        raise Refused("out_of_order", _("A task is reported on after it was received. Enter a later moment."))


def figure_told(directive: Directive, kept: Rollup | None, told: ToldReport, state: str, today: date) -> Reported:
    """Return the figure of a report; refuse one that would be refused alone, or of what waits to be verified."""
    if state == rules.CLAIMED:
        raise Refused("is_claimed", because_of_state("is claimed", directive))
    if fault := rules.fault("reported", state, received=True):
        raise Refused(fault.replace(" ", "_"), because_of_state(fault, directive))
    if not told.narrative.strip():
        raise Refused("no_narrative", _("Say what was done so far."), status=422)
    if rules.asks_for_delay(directive.due, today) and not told.delay_reason.strip():
        raise Refused("no_delay_reason", _("The due date has passed. Say why the task is late."), status=422)
    reported = Reported(told.value, told.out_of, told.period, more=told.more_than_target)
    return figure_reported(directive, kept.aim if kept else None, reported, today)
