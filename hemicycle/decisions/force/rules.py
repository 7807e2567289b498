"""In which state a decision is on a day. Pure: no database, no clock.

A decision is in force from its day of effect to the last day on which it holds. What a later decision does to it, it
does on its own day of effect, and only if it is in force then itself: what is repealed before it takes effect changes
nothing. What was changed stays so, though the decision that changed it ends later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

NOT_YET, IN_FORCE, AMENDED = "not yet in force", "in force", "amended"
SUPERSEDED, REPEALED, EXPIRED = "superseded", "repealed", "expired"
STATES = (NOT_YET, IN_FORCE, AMENDED, SUPERSEDED, REPEALED, EXPIRED)
AMENDS, SUPERSEDES, REPEALS = "amends", "supersedes", "repeals"
ENDING: Mapping[str, str] = {SUPERSEDES: SUPERSEDED, REPEALS: REPEALED}


@dataclass(frozen=True)
class Span:
    """From which day a decision takes effect, and the last day on which it holds; none: without end."""

    effective: date
    expires: date | None = None


@dataclass(frozen=True)
class Effect:
    """What one decision does to an earlier one; a decision's key is greater than that of every earlier one."""

    by: int
    of: int
    how: str


@dataclass(frozen=True)
class Force:
    """In which state a decision is on a day; by which decision, where one ended it, and which ones amended it."""

    state: str
    by: int | None = None
    amended_by: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is in force, as it was decided or as amended."""
        return self.state in {IN_FORCE, AMENDED}


def never_in_force(spans: Mapping[int, Span], changes: Iterable[Effect]) -> frozenset[int]:
    """Return the keys of decisions that were superseded or repealed before they could take effect, or on that day."""
    found: set[int] = set()
    # The latest decision first: whether what changes a decision ever held is known before it is asked of that one.
    for change in sorted(changes, key=lambda one: (-one.of, -one.by)):
        in_time = spans[change.by].effective <= spans[change.of].effective
        if in_time and change.how in ENDING and change.by not in found:
            found.add(change.of)
    return frozenset(found)


def force_on(
    day: date, own: Span, changes: Sequence[Effect], spans: Mapping[int, Span], never: frozenset[int]
) -> Force:
    """Return in which state a decision is on a day.

    `changes` are those of this decision, `spans` tells of each decision that makes one, and `never` names those of
    them that never came into force. Of several things that end it the first counts, of one day the later decision.
    """
    made = sorted(
        (spans[one.by].effective, -one.by, one.how)
        for one in changes
        if one.by not in never and spans[one.by].effective <= day
    )
    ending = next(((since, by, how) for since, by, how in made if how in ENDING), None)
    if own.expires and own.expires < day and (ending is None or own.expires < ending[0]):
        return Force(EXPIRED)
    if ending:
        return Force(ENDING[ending[2]], -ending[1])
    if own.effective > day:
        return Force(NOT_YET)
    amended_by = tuple(-by for _since, by, how in made if how == AMENDS)
    return Force(AMENDED if amended_by else IN_FORCE, amended_by=amended_by)
