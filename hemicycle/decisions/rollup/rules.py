"""What a figure comes to: a leaf's from its reports, a whole's from its parts, by the rule stated when it was issued.

Pure, and in whole numbers alone: incremental and recomputed figures are equal to the last digit. The rules are told in
docs/accountability.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

# Weights are hundredths of a percent of the whole; shares are millionths of what was aimed at.
WHOLE_WEIGHT = 10_000
WHOLE_SHARE = 1_000_000
# So many million of the greatest can be added in a column of the database.
GREATEST = 10**12
NOT_COUNTED = frozenset({"withdrawn", "superseded", "not applicable"})


class Rule(StrEnum):
    """How the figures of parts make the figure of the whole."""

    SUM = "sum"
    RATIO = "ratio"
    WEIGHTED = "weighted"
    MILESTONE = "milestone"


class Every(StrEnum):
    """How often a figure is reported."""

    MONTH = "month"
    QUARTER = "quarter"


class Aimed(NamedTuple):
    """What a directive aims at, in steps of the last place: of a ratio `target` of `target_of`; its weight as a part.

    A milestone has so many steps.
    """

    rule: str
    target: int | None = None
    target_of: int | None = None
    weight: int | None = None


class Figure(NamedTuple):
    """A value, what it is out of (0 where that is not stated), and how many of those asked reported one.

    Of a sum, `of` is the target; of a ratio the denominators reported; of milestones all steps; of a weighted whole the
    weights of the parts of which something was reported.
    """

    value: int = 0
    of: int = 0
    reported: int = 0
    expected: int = 0

    @property
    def complete(self) -> bool:
        """Whether everyone asked has reported."""
        return self.reported == self.expected


# Not frozen, though nobody changes it: a frozen one takes four times as long to make, and an act makes thousands.
@dataclass(slots=True)
class Sums:
    """What the counted parts of a whole come to, and how many there are."""

    value: int = 0
    of: int = 0
    reported: int = 0
    expected: int = 0
    parts: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.value + other.value,
            self.of + other.of,
            self.reported + other.reported,
            self.expected + other.expected,
            self.parts + other.parts,
        )

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(
            self.value - other.value,
            self.of - other.of,
            self.reported - other.reported,
            self.expected - other.expected,
            self.parts - other.parts,
        )


class Own(NamedTuple):
    """What a directive's own unit reported: the value, and of a ratio its denominator."""

    value: int = 0
    of: int = 0
    reported: bool = False


class Told(NamedTuple):
    """A reported value, of which period (its first day), if the directive has any."""

    value: int
    of: int = 0
    period: date | None = None


def own_of(rule: str, told: Iterable[Told]) -> Own:
    """Return what reports in their order come to: the last of each period counts, and the periods are added.

    Of milestones the latest period counts, since steps once taken stay taken.
    """
    last = {one.period: one for one in told}
    if not last:
        return Own()
    if rule == Rule.MILESTONE:
        latest = last[max(last, key=lambda period: period or date.min)]
        return Own(latest.value, 0, reported=True)
    return Own(sum(one.value for one in last.values()), sum(one.of for one in last.values()), reported=True)


def figure_of(aimed: Aimed, own: Own, sums: Sums) -> Figure:
    """Return a directive's figure: from its counted parts where it has any, else from its own reports."""
    if sums.parts:
        of = sums.of
        if aimed.rule == Rule.SUM and aimed.target is not None:
            of = aimed.target
        return Figure(sums.value, of, sums.reported, sums.expected)
    of = {Rule.RATIO.value: own.of, Rule.WEIGHTED.value: 0}.get(aimed.rule, aimed.target or 0)
    return Figure(own.value, of, int(own.reported), 1)


def share(aimed: Aimed, figure: Figure) -> int:
    """Return how much of its aim a directive has reached, in millionths; more than all of it makes up for nobody."""
    if aimed.rule == Rule.WEIGHTED:
        reached, of = figure.value, figure.of * WHOLE_SHARE
    elif aimed.rule == Rule.RATIO:
        reached, of = figure.value * (aimed.target_of or 0), figure.of * (aimed.target or 0)
    else:
        reached, of = figure.value, figure.of
    return min(reached * WHOLE_SHARE // of, WHOLE_SHARE) if of else 0


def given(aimed: Aimed, figure: Figure, over: str | None, *, counts: bool) -> Sums:
    """Return what a directive gives to the whole that it is a part of, whose rule is `over`."""
    if over is None or not counts:
        return Sums()
    value, of = figure.value, figure.of
    if over == Rule.WEIGHTED:
        weight = aimed.weight or 0
        value, of = (weight * share(aimed, figure), weight) if figure.reported else (0, 0)
    return Sums(value, of, figure.reported, figure.expected, 1)


def still_counts(state: str) -> bool:
    """Say whether a part in this state counts for its whole."""
    return state not in NOT_COUNTED


def weights_fault(standing: Iterable[int], new: Iterable[int]) -> int | None:
    """Return what the weights of all parts come to where that is not the whole, in hundredths of a percent."""
    together = sum(standing) + sum(new)
    return None if together == WHOLE_WEIGHT else together


def first_day(every: str, day: date) -> date:
    """Return the first day of the period in which a day lies."""
    if every == Every.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(day=1)


def next_period(every: str, starts: date) -> date:
    """Return the first day of the period after the one that starts on a day."""
    return first_day(every, starts + timedelta(days=95 if every == Every.QUARTER else 32))


def periods(every: str, issued: date, due: date) -> list[date]:
    """Return the first days of the periods between issue and due date, in order."""
    found = [first_day(every, issued)]
    while (following := next_period(every, found[-1])) <= due:
        found.append(following)
    return found


def open_periods(every: str, issued: date, due: date, today: date, *, grace: int) -> list[date]:
    """Return the periods on which a unit may report today: those begun, until `grace` days after their end.

    The last one stays open after the due date, for what is late.
    """
    every_one = periods(every, issued, due)
    begun = [starts for starts in every_one if starts <= today]
    return [starts for starts in begun if starts == every_one[-1] or today <= closes(every, starts, grace)]


def closes(every: str, starts: date, grace: int) -> date:
    """Return the last day on which a period takes reports."""
    return next_period(every, starts) + timedelta(days=grace - 1)
