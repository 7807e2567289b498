"""Planning: the periods of a body's plans, and what is measured in them."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.accounts.rights import within
from hemicycle.bodies.day import zone_of
from hemicycle.bodies.models import Body
from hemicycle.decisions.models import Decision
from hemicycle.decisions.rollup.figures import is_percentage, plain
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.plans.models import Definition, Indicator, Period
from hemicycle.plans.rules.measure import Curve, Direction, OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind, Span, may_stand_in
from hemicycle.plans.words import Kind

CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,19}", re.ASCII)
MOST_PLACES = 4


@dataclass(frozen=True)
class NewPeriod:
    """A period to be planned: days from the first to the last, both in it. `access` is that of its parent."""

    kind: PeriodKind
    title: str
    starts: date
    ends: date
    parent_id: int | None = None
    decision_id: int | None = None
    access: Access = Access.PUBLIC


@dataclass(frozen=True)
class NewIndicator:
    """What is to be measured. `baseline` in steps of the last place; a rate has `per` and `out_of`."""

    code: str
    title: str
    unit_of_measure: str
    definition: str
    counts: str
    out_of: str = ""
    sector: str = ""
    places: int = 0
    per: int | None = None
    direction: Direction = Direction.MORE
    over_time: OverTime = OverTime.SUM
    over_units: OverUnits = OverUnits.SUM
    curve: Curve = Curve.EVEN
    baseline: int | None = None
    baseline_day: date | None = None
    baseline_source: str = ""


def plan_period(*, by: Actor, body_id: int, new: NewPeriod, happened: Happened | None = None) -> Period:
    """Plan a programme, plan, year, quarter or campaign, for itself or as part of a longer period.

    Raises:
        Refused: it has no title, ends before it starts, does not lie in what it is part of, has days in common with
            another part of it, the longer one is closed, or its decision is another body's or less open.
    """
    with act(Kind.PERIOD_PLANNED, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        within(by, body.book_id)
        if not new.title.strip():
            raise Refused("no_title", _("Give it a title."), status=422, field="title")
        if new.ends < new.starts:
            raise Refused("ends_before_start", _("It ends on its first day or later."), status=422, field="ends")
        parent = entry.lock(Period, new.parent_id) if new.parent_id else None
        if parent is not None:
            refuse_unfit_part(body, parent, new)
        decision = decision_of(body, new.decision_id, Access(parent.access) if parent else new.access)
        period = entry.create(
            Period(
                body=body,
                number=Period.objects.filter(body=body).count() + 1,
                parent=parent,
                kind=new.kind,
                title=new.title.strip(),
                starts=new.starts,
                ends=new.ends,
                decision=decision,
                language=body.language,
                access=parent.access if parent else new.access,
            )
        )
        entry.record(
            subjects=[row for row in (period, body, parent, decision) if row is not None],
            access=period.access,
            facts={
                "number": period.number,
                "kind": str(new.kind),
                "title": period.title,
                "starts": period.starts.isoformat(),
                "ends": period.ends.isoformat(),
                "part_of": parent.title if parent else "",
                "decision": decision.number if decision else None,
            },
        )
    return period


def refuse_unfit_part(body: Body, parent: Period, new: NewPeriod) -> None:
    """Refuse a part that does not nest in its period, or overlaps with another part of it."""
    span, whole = Span(new.starts, new.ends), Span(parent.starts, parent.ends)
    if parent.body_id != body.pk:
        raise Refused("other_plan", _("This plan is another body's."), status=422)
    refuse_closed(parent)
    if not may_stand_in(new.kind, PeriodKind(parent.kind)):
        raise Refused(
            "does_not_nest",
            _("A part is shorter than what it is part of: programme, plan, year, quarter. A campaign has no parts."),
            status=422,
            field="kind",
        )
    if not whole.holds(span):
        raise Refused(
            "does_not_nest",
            _("“%(title)s” lasts from %(starts)s to %(ends)s. A part of it lies within these days.")
            % {"title": parent.title, "starts": date_format(parent.starts), "ends": date_format(parent.ends)},
            status=422,
            field="starts",
        )
    if new.kind == PeriodKind.CAMPAIGN:
        return
    # Also those of an indicator of a longer period: with parts below it, they would stand in no sum any more.
    if parent.figures.exists():
        raise Refused(
            "has_figures",
            _("Figures were reported for “%(title)s” as a whole already. It cannot be divided any more.")
            % {"title": parent.title},
        )
    for other in parent.parts.exclude(kind=PeriodKind.CAMPAIGN):
        if span.overlaps(Span(other.starts, other.ends)):
            raise Refused(
                "periods_overlap",
                _("It has days in common with “%(title)s”, from %(starts)s to %(ends)s. Each day stands in one part.")
                % {"title": other.title, "starts": date_format(other.starts), "ends": date_format(other.ends)},
                status=422,
                field="starts",
            )


def decision_of(body: Body, decision_id: int | None, access: Access) -> Decision | None:
    """Return the body's decision with this key, as open as what shows it; None where none is named."""
    if decision_id is None:
        return None
    decision = Decision.objects.filter(pk=decision_id, body=body).first()
    if decision is None:
        raise Refused(
            "no_such_decision",
            _("There is no such decision of %(body)s.") % {"body": body.name},
            status=422,
            field="decision",
        )
    if WIDTH[Access(decision.access)] < WIDTH[access]:
        raise Refused(
            "decision_less_open",
            _("Fewer people may read this decision than this plan, which would show it to them. Choose another."),
            status=422,
            field="decision",
        )
    return decision


def refuse_closed(period: Period) -> None:
    """Refuse what is done in a period that is closed, or part of one that is."""
    asked: Period | None = period
    while asked is not None:
        if asked.closed:
            raise Refused(
                "period_closed",
                _("“%(title)s” was closed on %(day)s. Nothing more is entered for it.")
                % {"title": asked.title, "day": date_format(asked.closed.astimezone(zone_of(asked.body)).date())},
            )
        asked = asked.parent


def day_of(entry: Act, body: Body) -> date:
    """Return the calendar day of an act at the body's place."""
    return entry.when.astimezone(zone_of(body)).date()


def close_period(*, by: Actor, period_id: int, happened: Happened | None = None) -> Period:
    """Close a period with all its parts: what was reported stays, and nothing more is entered for it.

    Raises:
        Refused: it is closed already, or has not ended yet.
    """
    with act(Kind.PERIOD_CLOSED, by=by, happened=happened) as entry:
        period = entry.lock(Period, period_id)
        within(by, period.body.book_id)
        refuse_closed(period)
        if day_of(entry, period.body) <= period.ends:
            raise Refused(
                "not_over",
                _("“%(title)s” lasts until %(ends)s. Close it after that day.")
                % {"title": period.title, "ends": date_format(period.ends)},
            )
        entry.update(period, closed=entry.when)
        entry.record(
            subjects=[period, period.body],
            access=period.access,
            facts={"number": period.number, "title": period.title, "ends": period.ends.isoformat()},
        )
    return period


def define_indicator(*, by: Actor, period_id: int, new: NewIndicator, happened: Happened | None = None) -> Indicator:
    """Define what is measured in a period and its parts, with the first version of its definition.

    Raises:
        Refused: the period is closed; the code is taken or no code; title, unit of measure or definition are missing; a
            rate does not say out of what, or is added up; what is no rate is told as one.
    """
    with act(Kind.INDICATOR_DEFINED, by=by, happened=happened) as entry:
        period = entry.lock(Period, period_id)
        body = period.body
        within(by, body.book_id)
        refuse_closed(period)
        refuse_unfit_indicator(body, new)
        indicator = entry.create(
            Indicator(
                body=body,
                period=period,
                code=new.code,
                title=new.title.strip(),
                sector=new.sector.strip(),
                unit_of_measure=new.unit_of_measure.strip(),
                places=new.places,
                per=new.per,
                direction=new.direction,
                over_time=new.over_time,
                over_units=new.over_units,
                curve=new.curve,
                baseline=new.baseline,
                baseline_day=new.baseline_day,
                baseline_source=new.baseline_source.strip(),
            )
        )
        definition = defined(entry, indicator, 1, new.definition, new.counts, new.out_of, "")
        entry.record(
            subjects=[indicator, definition, period, body],
            access=period.access,
            facts={
                "code": indicator.code,
                "title": indicator.title,
                "period": period.title,
                "sector": indicator.sector,
                "unit_of_measure": indicator.unit_of_measure,
                "per": indicator.per,
                "direction": str(new.direction),
                "over_time": str(new.over_time),
                "over_units": str(new.over_units),
                "curve": str(new.curve),
                "baseline": plain(indicator.baseline, indicator.places),
                "text": definition.text,
            },
        )
    return indicator


def refuse_unfit_indicator(body: Body, new: NewIndicator) -> None:
    """Refuse an indicator that cannot be told, or whose figures could not be put together."""
    wanted = {
        "title": (new.title, _("Give it a title.")),
        "unit_of_measure": (new.unit_of_measure, _("Say in what it is measured: members, tonnes, % of a rate.")),
        "definition": (new.definition, _("Say what exactly is counted, and what is not.")),
        "counts": (new.counts, _("Say what is counted.")),
    }
    for field, (said, sentence) in wanted.items():
        if not said.strip():
            raise Refused(f"no_{field}", sentence, status=422, field=field)
    if not CODE.fullmatch(new.code):
        raise Refused(
            "no_code",
            _("A code is up to 20 capital letters, digits, points and dashes, like W-1."),
            status=422,
            field="code",
        )
    if Indicator.objects.filter(body=body, code=new.code).exists():
        raise Refused(
            "code_taken",
            _("%(code)s is taken by another indicator of %(body)s. Choose another code.")
            % {"code": new.code, "body": body.name},
            status=422,
            field="code",
        )
    if new.per is None and is_percentage(new.unit_of_measure):
        raise Refused(
            "no_denominator",
            _("A percentage is neither added up nor kept alone. Say that it is a rate per 100, and out of what."),
            status=422,
            field="unit_of_measure",
        )
    if new.per is not None and not new.out_of.strip():
        raise Refused(
            "no_denominator",
            _("A percentage without its denominator says nothing. Say out of what it is counted."),
            status=422,
            field="out_of",
        )
    if (new.per is None) == (new.over_units == OverUnits.RATIO) or (
        new.per is not None and new.over_units == OverUnits.SUM
    ):
        raise Refused(
            "rates_are_not_added",
            _(
                "Rates of several units are put together from their numerators and denominators, or weighted; numbers "
                "are added, or weighted. Choose the other way, or say whether it is a rate."
            ),
            status=422,
            field="over_units",
        )
    if new.per is not None and new.per < 1:
        raise Refused("no_per", _("A rate is told per one or more: 100 for per cent."), status=422, field="per")
    if not 0 <= new.places <= MOST_PLACES:
        raise Refused("no_places", _("A figure has at most four decimals."), status=422, field="places")


def defined(
    entry: Act, indicator: Indicator, version: int, text: str, counts: str, out_of: str, reason: str
) -> Definition:
    """Write a version of an indicator's definition."""
    return entry.create(
        Definition(
            indicator=indicator,
            version=version,
            text=text.strip(),
            counts=counts.strip(),
            out_of=out_of.strip(),
            reason=reason.strip(),
            entered=entry.when,
        )
    )


def redefine_indicator(
    *,
    by: Actor,
    indicator_id: int,
    text: str,
    counts: str,
    reason: str,
    out_of: str = "",
    happened: Happened | None = None,
) -> Definition:
    """Say anew what an indicator counts, as a further version. Figures keep the version that they were reported by.

    Raises:
        Refused: its period is closed, something is not said, or it is what the last version says.
    """
    with act(Kind.INDICATOR_REDEFINED, by=by, happened=happened) as entry:
        indicator = entry.lock(Indicator, indicator_id)
        within(by, indicator.body.book_id)
        refuse_closed(indicator.period)
        last = indicator.definitions.latest("version")
        if not reason.strip():
            raise Refused("no_reason", _("Say why it is defined anew."), status=422, field="reason")
        if not text.strip() or not counts.strip() or (indicator.per is not None and not out_of.strip()):
            raise Refused(
                "no_definition",
                _("Say what exactly is counted, and of a rate, out of what."),
                status=422,
                field="text",
            )
        if (last.text, last.counts, last.out_of) == (text.strip(), counts.strip(), out_of.strip()):
            raise Refused("same_definition", _("This is what the last version says. Nothing was entered."))
        definition = defined(entry, indicator, last.version + 1, text, counts, out_of, reason)
        entry.record(
            subjects=[definition, indicator, indicator.period],
            access=indicator.period.access,
            facts={
                "code": indicator.code,
                "version": definition.version,
                "text": definition.text,
                "counts": definition.counts,
                "out_of": definition.out_of,
                "reason": definition.reason,
            },
        )
    return definition
