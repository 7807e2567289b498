"""A plan of the club: a year with two parts and a campaign, a number and a rate, decided, shared out, reported on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import Holding, NewUnit, create_post, found_units, give_posts
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.decisions.models import Decision
from hemicycle.decisions.tests.world import decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import clock_at
from hemicycle.plans.acts import (
    NewFigure,
    NewIndicator,
    NewPeriod,
    Share,
    allocate_shares,
    define_indicator,
    plan_period,
    report_figure,
    set_target,
)
from hemicycle.plans.models import Figure, Indicator, Period
from hemicycle.plans.rules.measure import OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.voting.tests.world import OPENING, floor_of

YEAR = (date(2026, 4, 1), date(2026, 12, 31))
HALF = date(2026, 6, 30)
CAMPAIGN = (date(2026, 5, 1), date(2026, 7, 19))


def noon(day: date) -> datetime:
    """Return noon of a day."""
    return OPENING.replace(year=day.year, month=day.month, day=day.day, hour=12)


@dataclass(frozen=True)
class Planned:
    """A plan, with the units that carry it out and their heads."""

    club: Club
    decision: Decision
    year: Period
    first: Period
    second: Period
    campaign: Period
    number: Indicator
    rate: Indicator
    other: Unit
    other_head: Actor

    @property
    def desk(self) -> Actor:
        """The chair of the body."""
        return self.club.chair


def planned(club: Club, *, access: Access = Access.PUBLIC) -> Planned:
    """Decide, plan a year, define a number and a rate, set the number's target and share it out."""
    decision = decided(floor_of(club))
    by = club.administrator
    (other,) = found_units(by=by, units=[NewUnit("Mill", "local", club.unit.pk)])
    head = create_post(by=by, unit_id=other.pk, kind=PostKind.HEAD, title="Head of Mill")
    give_posts(by=by, holdings=[Holding(head.pk, club.members[3].pk, date(2026, 1, 1))])
    with clock_at(OPENING + timedelta(hours=3)):
        year = plan(club, PeriodKind.YEAR, "Year of the harbour", *YEAR, access=access, decision=decision)
        first = plan(club, PeriodKind.QUARTER, "First part", YEAR[0], HALF, parent=year)
        second = plan(club, PeriodKind.QUARTER, "Second part", HALF + timedelta(days=1), YEAR[1], parent=year)
        campaign = plan(club, PeriodKind.CAMPAIGN, "Eighty days", *CAMPAIGN, parent=year)
        number = define_indicator(by=club.chair, period_id=year.pk, new=berths())
        rate = define_indicator(by=club.chair, period_id=year.pk, new=safe())
        set_target(by=club.chair, indicator_id=number.pk, period_id=year.pk, value=275, decision_id=decision.pk)
    found = Planned(club, decision, year, first, second, campaign, number, rate, other, head_of(club, 3, other))
    with clock_at(OPENING + timedelta(hours=4)):
        share_out(found, (club.local, 175), (other, 75))
    return found


def head_of(club: Club, member: int, unit: Unit) -> Actor:
    """Return a member acting as the head of a unit."""
    actors = actors_of(club.members[member].pk, YEAR[0])
    return next(actor for actor in actors if actor.book == unit.book_id)


def plan(
    club: Club,
    kind: PeriodKind,
    title: str,
    starts: date,
    ends: date,
    *,
    parent: Period | None = None,
    access: Access = Access.PUBLIC,
    decision: Decision | None = None,
) -> Period:
    """Plan a period of the club's body."""
    key = parent.pk if parent else None
    new = NewPeriod(kind, title, starts, ends, key, decision.pk if decision else None, access)
    return plan_period(by=club.chair, body_id=club.body.pk, new=new)


def berths() -> NewIndicator:
    """Return a number that adds up: berths repaired."""
    return NewIndicator(
        "B-1", "Berths repaired", "berths", "Berths that a boat can use again.", "berths repaired", sector="harbour"
    )


def safe() -> NewIndicator:
    """Return a rate: boats inspected, of all boats."""
    return NewIndicator(
        "S-1",
        "Boats inspected",
        "%",
        "Boats with a valid inspection.",
        "boats inspected",
        out_of="boats registered",
        sector="safety",
        places=1,
        per=100,
        over_time=OverTime.LAST,
        over_units=OverUnits.RATIO,
    )


def share_out(world: Planned, *shares: tuple[Unit, int]) -> None:
    """Share the target of the number out."""
    allocate_shares(
        by=world.desk,
        indicator_id=world.number.pk,
        period_id=world.year.pk,
        over_id=world.club.unit.pk,
        shares=[Share(unit.pk, value) for unit, value in shares],
    )


def reported(world: Planned, value: int, day: date, *, by: Actor | None = None, why: str = "") -> Figure:
    """Report so many berths of the first part, by the local unit or another head."""
    unit = world.other if by == world.other_head else world.club.local
    period = world.first if day <= HALF else world.second
    new = NewFigure(world.number.pk, period.pk, day, value, evidence="Logbook, p. 3", explanation=why)
    with clock_at(noon(day)):
        return report_figure(by=by or world.club.head, unit_id=unit.pk, new=new)
