"""Comparing the rates of units honestly: intervals, a rule that knows how many are compared, and who may enter.

These are statements about chance, so they are worked out in floating point; no figure of a record is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, expm1, lgamma, log, log1p, sqrt
from statistics import NormalDist

# In which share of comparisons of units that do not differ at all one of them may be told to differ: whoever is told so
# in public without cause is wronged, so it is one in a hundred, not the usual five.
FALSE_ALARMS = 0.01
COMPLETE_ENOUGH = Fraction(4, 5)
FEWEST = 3
NEGLIGIBLE = 1e-18
# Up to this variance probabilities are added up: some ten thousand of them.
ADDED_UP = 1_000_000
# So few standard deviations from the middle no unit differs from any other, and the formula divides by nearly nought.
ABOUT_THE_MIDDLE = 0.01
NORMAL = NormalDist()


class Verdict(StrEnum):
    """What can be said of a unit beside its peers."""

    ABOVE = "above"
    BELOW = "below"
    ALIKE = "no distinguishable difference"


@dataclass(frozen=True)
class Rate:
    """A unit's rate, as its parts."""

    unit: int
    part: int
    whole: int

    @property
    def value(self) -> Fraction:
        """The rate, from 0 to 1."""
        return Fraction(self.part, self.whole)


@dataclass(frozen=True)
class Interval:
    """Between which rates the true one lies."""

    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """A unit beside its peers."""

    rate: Rate
    interval: Interval
    verdict: Verdict


def may_enter(reported: int, expected: int, disputed: int, part: int | None, whole: int | None) -> str:
    """Return why a unit does not enter a comparison, or nothing where it does.

    It enters with at least four fifths of its reports, none of them disputed, and as a share of something.
    """
    if disputed:
        return "disputed"
    if part is None or not whole:
        return "missing"
    if not 0 <= part <= whole:
        return "no share"
    return "" if Fraction(reported, expected or 1) >= COMPLETE_ENOUGH else "incomplete"


def z_for(comparisons: int, alarms: float = FALSE_ALARMS) -> float:
    """Return how many standard errors wide intervals are so that with so many of them at once one rarely misleads.

    Bonferroni's correction: the chance of any false alarm among all is shared out equally among them.
    """
    return NORMAL.inv_cdf(1 - alarms / (2 * max(comparisons, 1)))


def wilson(part: int, whole: int, z: float) -> Interval:
    """Return the score interval of a rate.

    E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the American
    Statistical Association 22 (1927), 209-212. Unlike the textbook's, it never leaves 0 to 1.
    """
    rate, square = part / whole, z * z
    middle = (rate + square / (2 * whole)) / (1 + square / whole)
    half = z / (1 + square / whole) * sqrt(rate * (1 - rate) / whole + square / (4 * whole * whole))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def tail(part: int, whole: int, rate: float) -> float:
    """Return the chance of a count as far out as this one, on its own side, where the true rate is `rate`.

    The binomial probabilities are added up outwards from the count, exactly but for rounding; where they are very many,
    their sum is found by its saddle point, to some millionths of itself.
    """
    if rate <= 0 or rate >= 1:
        return 1.0 if part == round(whole * rate) else 0.0
    if 0 < part < whole and whole * rate * (1 - rate) > ADDED_UP:
        return far_tail(part, whole, rate) if part >= whole * rate else far_tail(whole - part, whole, 1 - rate)
    outwards = 1 if part >= whole * rate else -1
    term = exp(
        lgamma(whole + 1)
        - lgamma(part + 1)
        - lgamma(whole - part + 1)
        + part * log(rate)
        + (whole - part) * log1p(-rate)
    )
    odds, total, count = rate / (1 - rate), 0.0, part
    while 0 <= count <= whole and term > NEGLIGIBLE * max(total, NEGLIGIBLE):
        total += term
        if outwards > 0:
            term *= (whole - count) / (count + 1) * odds
        else:
            term *= count / ((whole - count + 1) * odds)
        count += outwards
    return total


def far_tail(part: int, whole: int, rate: float) -> float:
    """Return the chance of so high a count or a higher one, of very many.

    R. Lugannani, S. Rice, “Saddle point approximation for the distribution of the sum of independent random variables”,
    Advances in Applied Probability 12 (1980), 475-490, in its form for whole numbers.
    """
    above = part - whole * rate
    fuller, emptier = log1p(above / (whole * rate)), log1p(-above / (whole * (1 - rate)))
    far = sqrt(max(0.0, 2 * (part * fuller + (whole - part) * emptier)))
    if far < ABOUT_THE_MIDDLE:
        return 0.5
    steps = -expm1(emptier - fuller) * sqrt(part * (1 - part / whole))
    return NORMAL.cdf(-far) + NORMAL.pdf(far) * (1 / steps - 1 / far)


def pooled(rates: Sequence[Rate]) -> Fraction:
    """Return the rate of all units together."""
    return Fraction(sum(rate.part for rate in rates), sum(rate.whole for rate in rates))


def compare(rates: Sequence[Rate]) -> list[Compared]:
    """Return what can be said of each unit beside its peers, in the order given.

    A unit differs where its interval leaves out the rate of all together, and chance alone would bring a count as far
    from it in fewer than 1 of 100 comparisons of as many units as these: each unit is held to 1 % divided by their
    number, both sides together. The interval alone would say too much of small units with few or nearly all counted.
    """
    if not rates:
        return []
    together, z = float(pooled(rates)), z_for(len(rates))
    return [Compared(rate, wilson(rate.part, rate.whole, z), verdict(rate, together, len(rates))) for rate in rates]


def verdict(rate: Rate, together: float, comparisons: int) -> Verdict:
    """Return what can be said of one unit."""
    if chance_explains(rate.part, rate.whole, together, comparisons):
        return Verdict.ALIKE
    return Verdict.ABOVE if rate.part > rate.whole * together else Verdict.BELOW


def chance_explains(part: int, whole: int, together: float, comparisons: int) -> bool:
    """Say whether a count is one that chance alone brings, or whose interval has the rate of all together in it."""
    within = wilson(part, whole, z_for(comparisons))
    if within.low <= together <= within.high:
        return True
    return tail(part, whole, together) >= FALSE_ALARMS / (2 * comparisons)


def limits(whole: int, together: float, comparisons: int) -> Interval:
    """Return the rates beyond which a unit of this size differs: the limits of the funnel.

    D. J. Spiegelhalter, “Funnel plots for comparing institutional performance”, Statistics in Medicine 24 (2005),
    1185-1202, with the rule and the correction for many comparisons that `compare` uses.
    """
    middle = round(whole * together)
    return Interval(
        outermost(middle, 0, whole, together, comparisons), outermost(middle, whole, whole, together, comparisons)
    )


def outermost(inner: int, outer: int, whole: int, together: float, comparisons: int) -> float:
    """Return the farthest rate towards one side that chance still explains, found by halving."""
    alike, step = inner, outer
    while abs(step - alike) > 0:
        middle = (alike + step + (1 if step > alike else 0)) // 2
        if chance_explains(middle, whole, together, comparisons):
            alike = middle
        else:
            step = middle - (1 if step > alike else -1)
    return alike / whole
