"""Setting targets, which only a decision does, and sharing them out among units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions.rollup.figures import plain, shown
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.plans.acts.planning import day_of, decision_of, refuse_closed
from hemicycle.plans.models import Allocation, Indicator, Period, Target
from hemicycle.plans.queries.board import Board, is_measured_in
from hemicycle.plans.rules.measure import WHOLE_WEIGHT, Direction, OverUnits
from hemicycle.plans.words import Kind

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Share:
    """What a unit is to reach, in steps of the last place; `weight` of 10,000, for a weighted indicator."""

    unit_id: int
    value: int
    weight: int | None = None


def lock_measured(entry: Act, indicator_id: int, period_id: int) -> tuple[Indicator, Period]:
    """Lock an indicator and a period in which it is measured, neither of them closed."""
    indicator = entry.lock(Indicator, indicator_id)
    period = entry.lock(Period, period_id)
    refuse_unmeasured(indicator, period)
    return indicator, period


def hold_measured(indicator_id: int, period_id: int) -> tuple[Indicator, Period]:
    """Return the same two, held so that many can report at once while nobody closes a period or shares anything out.

    Closing locks its period, and sharing out its indicator: each waits for the reports under way, and they for it.
    """
    ((indicator, period),) = hold_all_measured([(indicator_id, period_id)])
    return indicator, period


def hold_all_measured(keys: Sequence[tuple[int, int]]) -> list[tuple[Indicator, Period]]:
    """Return several such pairs, all indicators held before all periods, as whoever locks one of each goes about it."""
    indicators = held(Indicator, {indicator for indicator, _period in keys})
    periods = hold_periods({period for _indicator, period in keys})
    found = [(indicators[indicator], periods[period]) for indicator, period in keys]
    for pair in found:
        refuse_unmeasured(*pair)
    return found


def hold_periods(keys: Collection[int]) -> dict[int, Period]:
    """Return periods by their keys, held with those that they are part of (which never change) against being closed."""
    found, last = set(keys), set(keys)
    while last:
        parents = Period.objects.filter(pk__in=last).order_by().values_list("parent", flat=True)
        last = {key for key in parents if key is not None} - found
        found |= last
    periods = held(Period, found)
    for one in periods.values():
        if one.parent_id:
            one.parent = periods[one.parent_id]
    return periods


def held(model: type[Row], keys: Collection[int]) -> dict[int, Row]:
    """Return rows by their keys, held against changes until the act ends; SQLite's one gate holds everything."""
    if not keys:
        return {}
    table = connection.ops.quote_name(model._meta.db_table)
    share = " FOR SHARE" if connection.vendor == "postgresql" else ""
    marks = ", ".join(["%s"] * len(keys))
    rows = model._default_manager.raw(f"SELECT * FROM {table} WHERE id IN ({marks}) ORDER BY id{share}", list(keys))  # noqa: S608 - Names of the house's own table and marks for the keys.
    return {row.pk: row for row in rows}


def refuse_unmeasured(indicator: Indicator, period: Period) -> None:
    """Refuse a period in which an indicator is not measured, or one that is closed."""
    if not is_measured_in(indicator, period):
        raise Refused(
            "not_measured",
            _("%(code)s is measured in “%(of)s” and its parts, and “%(title)s” is none of them.")
            % {"code": indicator.code, "of": indicator.period.title, "title": period.title},
            status=422,
            field="period",
        )
    refuse_closed(period)


def set_target(
    *,
    by: Actor,
    indicator_id: int,
    period_id: int,
    value: int,
    decision_id: int,
    upper: int | None = None,
    reason: str = "",
    happened: Happened | None = None,
) -> Target:
    """Set or change what an indicator is to reach in a period, by a decision of the body. The old target is kept.

    Raises:
        Refused: the period is closed or not measured; the decision is another body's; a change gives no reason or
            changes nothing; bounds are missing, the wrong way round, or given where there are none.
    """
    with act(Kind.TARGET_SET, by=by, happened=happened) as entry:
        indicator, period = lock_measured(entry, indicator_id, period_id)
        body = indicator.body
        within(by, body.book_id)
        decision = decision_of(body, decision_id, Access(period.access))
        if decision is None:
            raise Refused("no_decision", _("A target is set by a decision. Name it."), status=422, field="decision")
        if (indicator.direction == Direction.WITHIN) != (upper is not None) or (upper is not None and upper < value):
            raise Refused(
                "no_bounds",
                _("An indicator that has to stay within bounds has a lower and an upper one; any other has one value."),
                status=422,
                field="upper",
            )
        before = indicator.targets.filter(period=period).order_by("version").last()
        if before and (before.value, before.upper) == (value, upper):
            raise Refused("same_target", _("This is the target already. Nothing was entered."))
        if before and not reason.strip():
            raise Refused("no_reason", _("Say why the target is changed."), status=422, field="reason")
        target = entry.create(
            Target(
                indicator=indicator,
                period=period,
                version=before.version + 1 if before else 1,
                value=value,
                upper=upper,
                decision=decision,
                reason=reason.strip(),
                entered=entry.when,
            )
        )
        entry.record(
            subjects=[target, indicator, period, decision, body],
            access=period.access,
            facts={
                "code": indicator.code,
                "period": period.title,
                "version": target.version,
                "old": told(indicator, before) if before else "",
                "new": told(indicator, target),
                "unit_of_measure": indicator.unit_of_measure,
                "decision": decision.number,
                "reason": target.reason,
            },
        )
    return target


def told(indicator: Indicator, target: Target) -> str:
    """Return a target as the book tells it."""
    low = plain(target.value, indicator.places)
    return low if target.upper is None else f"{low}–{plain(target.upper, indicator.places)}"


def allocate_shares(
    *,
    by: Actor,
    indicator_id: int,
    period_id: int,
    over_id: int,
    shares: Sequence[Share],
    happened: Happened | None = None,
) -> list[Allocation]:
    """Give units their shares of what the unit over them is to reach: one act, however many units. Others' shares stay.

    The desk of the body shares out the target; the head of a unit, its own share.

    Raises:
        Refused: the period is closed; there is nothing to share out; a unit is named twice, ended, stands elsewhere or
            has its share from another; weights do not sum; or it is more than there is, or less than was handed on.
    """
    with act(Kind.SHARES_ALLOCATED, by=by, happened=happened) as entry:
        indicator, period = lock_measured(entry, indicator_id, period_id)
        body = indicator.body
        over = entry.lock(Unit, over_id)
        within(by, body.book_id if over.pk == body.unit_id else over.book_id)
        board = Board(body, [indicator], day_of(entry, body))
        if board.amount(indicator, period, over.pk) is None:
            raise Refused(
                "nothing_to_share",
                _("%(unit)s has no target or share for “%(period)s” of which it could give shares.")
                % {"unit": over.name, "period": period.title},
            )
        known = board.shares.get((indicator.pk, period.pk), {})
        units = fit_units(entry, over, shares, known)
        refuse_reported(board, indicator, period, over)
        refuse_other_weights(board, indicator, period, over, {share.unit_id for share in shares})
        refuse_unfit_sums(board, indicator, period, over, shares)
        changed = [with_share(known[share.unit_id], share) for share in shares if share.unit_id in known]
        entry.update_many(changed, ["value", "weight"])
        new = [
            Allocation(
                indicator=indicator,
                period=period,
                unit=units[share.unit_id],
                over=over,
                value=share.value,
                weight=share.weight,
                given=entry.when,
            )
            for share in shares
            if share.unit_id not in known
        ]
        made = entry.create_many(Allocation, new) if new else []
        entry.record(
            subjects=[indicator, period, over, *units.values()],
            access=period.access,
            facts={
                "code": indicator.code,
                "period": period.title,
                "over": over.name,
                "count": len(shares),
                "shares": [[units[one.unit_id].name, plain(one.value, indicator.places), one.weight] for one in shares],
            },
        )
    return [*changed, *made]


def refuse_other_weights(board: Board, indicator: Indicator, period: Period, over: Unit, named: set[int]) -> None:
    """Refuse weights among other units than in the period that this one is part of: there they come to the whole."""
    if indicator.over_units != OverUnits.WEIGHTED:
        return
    units = {one.unit_id for one in board.children(indicator, period, over.pk)} | named
    for longer in board.up(period)[1:]:
        there = {one.unit_id for one in board.children(indicator, longer, over.pk)}
        if there and there != units:
            raise Refused(
                "other_units",
                _("In “%(title)s” other units have weights. Give the same ones their weights here, all at once.")
                % {"title": longer.title},
                status=422,
            )


def with_share(allocation: Allocation, share: Share) -> Allocation:
    """Return a share with its new value."""
    allocation.value, allocation.weight = share.value, share.weight
    return allocation


def fit_units(entry: Act, over: Unit, shares: Sequence[Share], known: dict[int, Allocation]) -> dict[int, Unit]:
    """Return the units that are given shares, each below the one that gives, there on that day, and named once."""
    if not shares:
        raise Refused("no_shares", _("Give at least one unit its share."), status=422)
    keys = [share.unit_id for share in shares]
    if len(set(keys)) < len(keys):
        raise Refused("named_twice", _("A unit is named twice. Give each of them one share."), status=422)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)}
    day = entry.when.date()
    below = subtree(over, day) - {over.pk}
    for key in keys:
        unit = units.get(key)
        if unit is not None:
            refuse_ended(unit, entry)
        # Who moved elsewhere since keeps the share that it was given here.
        if unit is None or (key not in below and key not in known):
            raise Refused(
                "unit_elsewhere",
                _("%(unit)s does not stand below %(over)s, which gives shares to those that stand below it alone.")
                % {"unit": unit.name if unit else _("This unit"), "over": over.name},
                status=422,
            )
        if key in known and known[key].over_id != over.pk:
            raise Refused(
                "share_from_another",
                _("%(unit)s has its share from another unit already.") % {"unit": unit.name},
                status=422,
            )
    return units


def refuse_ended(unit: Unit, entry: Act) -> None:
    """Refuse a unit that ended."""
    if unit.ended and unit.ended <= entry.when.date():
        raise Refused(
            "unit_ended",
            _("%(unit)s ended on %(day)s. It has no shares and reports no figures any more.")
            % {"unit": unit.name, "day": date_format(unit.ended)},
            status=422,
        )


def refuse_reported(board: Board, indicator: Indicator, period: Period, over: Unit) -> None:
    """Refuse to hand on a share of which a unit reported itself already: the same would be counted twice."""
    leaves = {leaf.pk for leaf in board.leaves(period)}
    if any(one.unit_id == over.pk and one.period_id in leaves for one in board.figures.get(indicator.pk, [])):
        raise Refused(
            "reported_itself",
            _("%(unit)s reported figures of its own for “%(period)s”. Handed on now, the same would be counted twice.")
            % {"unit": over.name, "period": period.title},
        )


def refuse_unfit_sums(board: Board, indicator: Indicator, period: Period, over: Unit, shares: Sequence[Share]) -> None:
    """Refuse shares that come to more than there is, less than was handed on, or weights that are not the whole."""
    given = {share.unit_id: share for share in shares}
    before = {one.unit_id: one for one in board.children(indicator, period, over.pk)}
    if indicator.over_units == OverUnits.WEIGHTED:
        weights = {
            **{key: one.weight for key, one in before.items()},
            **{key: one.weight for key, one in given.items()},
        }
        if not all(share.weight and 0 < share.weight <= WHOLE_WEIGHT for share in shares):
            raise Refused(
                "weights_do_not_sum",
                _("Every unit has a weight of more than 0 % and at most 100 %. Give each of them its own."),
                status=422,
            )
        came = sum(weight or 0 for weight in weights.values())
        if came != WHOLE_WEIGHT:
            raise Refused(
                "weights_do_not_sum",
                _("The weights come to %(sum)s %%. Together they are 100 %%.") % {"sum": plain(came, 2)},
                status=422,
            )
        return
    if indicator.over_units != OverUnits.SUM:
        return
    if any(share.value < 0 for share in shares):
        raise Refused("below_nought", _("A share is nought or more."), status=422)
    values = {**{key: one.value for key, one in before.items()}, **{key: one.value for key, one in given.items()}}
    amount = board.amount(indicator, period, over.pk)
    there, came = amount.value if amount else 0, sum(values.values())
    if came > there:
        raise Refused(
            "more_than_there_is",
            _("These shares come to %(sum)s; %(over)s has %(there)s to share out. Give less, or set a higher target.")
            % {"sum": shown(came, indicator.places), "over": over.name, "there": shown(there, indicator.places)},
            status=422,
        )
    for key, share in given.items():
        handed = sum(one.value for one in board.children(indicator, period, key))
        if share.value < handed:
            raise Refused(
                "less_than_handed_on",
                _("A unit would have less than the %(sum)s that it handed on already.")
                % {"sum": shown(handed, indicator.places)},
                status=422,
            )
