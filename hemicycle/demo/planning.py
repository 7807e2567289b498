"""The Council plans: five years of shared machines, and eighty days for apprentices; its regions report."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from hemicycle.decisions.models import Decision
from hemicycle.demo.carrying_out import heads
from hemicycle.demo.organisation import Federation
from hemicycle.demo.schedule import PLACE, days_ago
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import document, table
from hemicycle.journal.act import Actor
from hemicycle.plans.acts import (
    NewFigure,
    NewIndicator,
    NewPeriod,
    Share,
    allocate_shares,
    define_indicator,
    dispute_figure,
    form_peers,
    import_figures,
    plan_period,
    report_figure,
    review_figure,
    set_target,
    tell_method,
)
from hemicycle.plans.models import Figure, Indicator, Period
from hemicycle.plans.rules.measure import OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.plans.sheets import HEADS, Line, row_key

YEAR, QUARTER = timedelta(days=365), timedelta(days=91)
ONE_DAY = timedelta(days=1)


def planning(world: Federation) -> Iterator[Scene]:
    """Yield the plan from the day on which it was made, and what the regions reported since."""
    facts = table("plan")
    at = partial(days_ago, world.present)
    yield Scene(at(facts["planned"], 17), lambda: make_plan(world, facts), "The Council plans five years")
    yield Scene(at(facts["shared"], 17), lambda: share_out(world, facts))
    yield Scene(at(facts["shared"], 18), lambda: form_group(world, facts["peers"]))
    for report in facts["report"]:
        yield Scene(at(report["days"], 8), partial(report_all, world, facts, report))
    yield Scene(at(facts["change"]["days"], 17), lambda: change_target(world, facts["change"]))
    campaign = facts["campaign"]
    yield Scene(at(campaign["began"], 7), lambda: begin_campaign(world, campaign))
    for days, count in campaign["reports"]:
        yield Scene(at(days, 18), partial(count_in_campaign, world, campaign, count, day_of(world, days)))
    yield Scene(at(1, 9), lambda: look_at_figures(world, facts["said"]))


def day_of(world: Federation, days: int) -> date:
    """Return a day so many days ago, at the federation's place."""
    return days_ago(world.present, days).astimezone(PLACE).date()


def acting(world: Federation, office: str = "secretary") -> Actor:
    """Return the secretary or the chair of the Council."""
    return world.holding("council", office, world.present.astimezone(PLACE).date())


def decided(title: str) -> int:
    """Return the key of a decision of the Council."""
    return Decision.objects.get(body__slug="council", title=title).pk


def plan(
    world: Federation,
    kind: PeriodKind,
    title: str,
    first: date,
    lasts: timedelta,
    *,
    parent: int | None = None,
    decision: int | None = None,
) -> Period:
    """Plan a period of the Council, of so many days."""
    new = NewPeriod(kind, title, first, first + lasts - ONE_DAY, parent, decision)
    return plan_period(by=acting(world), body_id=world.bodies["council"].pk, new=new)


def make_plan(world: Federation, facts: dict[str, Any]) -> None:
    """Plan the five years, the first of them with its quarters, and define what is measured."""
    first, said = day_of(world, facts["begins"]), facts["plan"]
    decision = decided(said["decision"])
    whole = plan(world, PeriodKind.PLAN, said["title"], first, YEAR * facts["years"], decision=decision)
    year = plan(world, PeriodKind.YEAR, said["first"], first, YEAR, parent=whole.pk)
    for number in range(facts["parts"]):
        title = f"{said['part']} {number + 1}"
        plan(world, PeriodKind.QUARTER, title, first + QUARTER * number, QUARTER, parent=year.pk)
    for measured in facts["indicator"]:
        indicator = define_indicator(by=acting(world), period_id=year.pk, new=defined(measured))
        target(world, indicator, year, measured["target"], decision)


def defined(facts: dict[str, Any]) -> NewIndicator:
    """Return an indicator of the table: a rate where it says per how many."""
    told = {name: said for name, said in facts.items() if name not in {"target", "shares"}}
    if "per" not in facts:
        return NewIndicator(**told)
    return NewIndicator(**told, over_time=OverTime.LAST, over_units=OverUnits.RATIO)


def target(
    world: Federation, indicator: Indicator, period: Period, value: int, decision: int, reason: str = ""
) -> None:
    """Set or change a target."""
    set_target(
        by=acting(world),
        indicator_id=indicator.pk,
        period_id=period.pk,
        value=value,
        decision_id=decision,
        reason=reason,
    )


def share_out(world: Federation, facts: dict[str, Any]) -> None:
    """Give the regions their shares."""
    for measured in facts["indicator"]:
        indicator = Indicator.objects.get(code=measured["code"])
        allocate_shares(
            by=acting(world),
            indicator_id=indicator.pk,
            period_id=indicator.period_id,
            over_id=world.bodies["council"].unit_id,
            shares=[Share(world.units[name].pk, value) for name, value in measured["shares"].items()],
        )


def head_of(world: Federation, unit: str) -> Actor:
    """Return the head of a unit."""
    day = world.present.astimezone(PLACE).date()
    return world.acting(heads()[unit], "head of unit", world.units[unit].book_id, day)


def report_all(world: Federation, facts: dict[str, Any], report: dict[str, Any]) -> None:
    """Let each region report what the table says, for the quarter in which that day lies; one may send a table."""
    day, by_table = day_of(world, report["days"]), report.get("by_table", "")
    lines: list[Line] = []
    for measured in facts["indicator"]:
        indicator = Indicator.objects.get(code=measured["code"])
        quarter = Period.objects.get(parent=indicator.period, kind="quarter", starts__lte=day, ends__gte=day)
        for unit, typed in report.get(measured["code"], {}).items():
            part, whole = (typed, None) if isinstance(typed, int) else typed
            said = facts["said"]
            why = said["explanation"] if unit in said["explains"] else ""
            if unit == by_table:
                row, key = HEADS + 1 + len(lines), row_key(indicator, quarter, 1)
                lines.append(Line(row, key, day.isoformat(), part, whole, said["evidence"], why))
                continue
            new = NewFigure(indicator.pk, quarter.pk, day, part, whole, said["evidence"], why)
            files = [ContentFile(document(name), name) for name in said["files"]] if unit in said["explains"] else []
            report_figure(by=head_of(world, unit), unit_id=world.units[unit].pk, new=new, files=files)
    if lines:
        unit_id, file = world.units[by_table].pk, facts["said"]["file"]
        import_figures(by=head_of(world, by_table), unit_id=unit_id, lines=lines, file=file)


def form_group(world: Federation, facts: dict[str, Any]) -> None:
    """Say which regions are alike and are compared with each other."""
    keys = [world.units[name].pk for name in facts["units"]]
    form_peers(by=acting(world), body_id=world.bodies["council"].pk, name=facts["name"], unit_ids=keys)


def change_target(world: Federation, facts: dict[str, Any]) -> None:
    """Change a target by a later decision."""
    indicator = Indicator.objects.get(code=facts["indicator"])
    target(world, indicator, indicator.period, facts["target"], decided(facts["decision"]), facts["reason"])


def begin_campaign(world: Federation, facts: dict[str, Any]) -> None:
    """Begin a campaign of eighty days."""
    decision, lasts = decided(facts["decision"]), timedelta(days=facts["lasts"])
    year = Period.objects.get(body=world.bodies["council"], kind="year")
    first = day_of(world, facts["began"])
    campaign = plan(world, PeriodKind.CAMPAIGN, facts["title"], first, lasts, parent=year.pk, decision=decision)
    told = {name: facts[name] for name in ("code", "sector", "unit_of_measure", "definition", "counts")}
    new = NewIndicator(title=facts["indicator"], **told)
    indicator = define_indicator(by=acting(world), period_id=campaign.pk, new=new)
    target(world, indicator, campaign, facts["target"], decision)


def count_in_campaign(world: Federation, facts: dict[str, Any], count: int, day: date) -> None:
    """Report how many there are so far, for the federation as a whole."""
    indicator = Indicator.objects.get(code=facts["code"])
    new = NewFigure(indicator.pk, indicator.period_id, day, count)
    report_figure(by=acting(world), unit_id=world.bodies["council"].unit_id, new=new)


def look_at_figures(world: Federation, facts: dict[str, Any]) -> None:
    """Review the last figures of a rate, dispute one of them, and let a region tell what it did."""
    told = Indicator.objects.get(code="R-2")
    latest = Figure.objects.filter(indicator=told, as_of=day_of(world, 2)).select_related("unit")
    for figure in latest.order_by("pk"):
        if figure.unit.name == facts["disputed"]:
            dispute_figure(by=acting(world, "chair"), figure_id=figure.pk, reason=facts["dispute"])
        else:
            review_figure(by=acting(world, "chair"), figure_id=figure.pk)
    unit = facts["told_by"]
    tell_method(
        by=head_of(world, unit),
        indicator_id=told.pk,
        period_id=told.period_id,
        unit_id=world.units[unit].pk,
        text=facts["method"],
    )
