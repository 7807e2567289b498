"""How the parts of tasks stand, at every depth: counted by the database for an account as the record stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from hemicycle.bodies.models import Body

# So many reasons a line of an account holds.
MOST_REASONS = 5


@dataclass(frozen=True)
class Parts:
    """How many parts of a task count at every depth, how many of them are done, late, and reported on at all.

    `delays` are the units of parts and the last reason that each gave for a delay, where whoever may read of the task
    may read of the part. A part that was withdrawn, superseded or found not applicable is not counted, nor what is
    below it.
    """

    count: int = 0
    done: int = 0
    told: int = 0
    late: int = 0
    delays: tuple[tuple[str, str], ...] = ()

    @property
    def reasons(self) -> str:
        """What units of parts gave as their reason for a delay, a line each: as many as a line of an account holds."""
        told = [f"{unit}: {' '.join(reason.split())}" for unit, reason in self.delays[:MOST_REASONS]]
        return "\n".join(told)


# What counts below each task that a body issued. `open` is the access of the task itself.
BELOW = """
WITH RECURSIVE below(top, key, open) AS (
    SELECT task.id, task.id, task.access FROM decisions_directive task
    JOIN decisions_point point ON point.id = task.point_id
    JOIN decisions_decision decided ON decided.id = point.decision_id
    WHERE task.parent_id IS NULL AND decided.body_id = %s
    UNION ALL SELECT below.top, part.id, below.open
    FROM decisions_directive part JOIN below ON part.parent_id = below.key
    WHERE part.state NOT IN ('not applicable', 'withdrawn', 'superseded')
)
"""
# A report from before directives had states claims by its word alone, as in `state_of`.
PARTS = f"""{BELOW}, standing AS (
    SELECT below.top, part.due,
        CASE WHEN part.state = '' AND part.received IS NOT NULL AND (
            SELECT told.done AND told.reported >= part.received FROM decisions_progress told
            WHERE told.directive_id = part.id ORDER BY told.ordinal DESC LIMIT 1
        ) THEN 'claimed' ELSE part.state END AS state,
        EXISTS (SELECT 1 FROM decisions_progress told WHERE told.directive_id = part.id) AS told
    FROM below JOIN decisions_directive part ON part.id = below.key WHERE below.key <> below.top
)
SELECT top, COUNT(*), SUM(CASE WHEN state IN ('claimed', 'closed') THEN 1 ELSE 0 END),
    SUM(CASE WHEN told THEN 1 ELSE 0 END),
    SUM(CASE WHEN state IN ('', 'sent back') AND due < %s THEN 1 ELSE 0 END)
FROM standing GROUP BY top
"""  # noqa: S608  # Both are constants.
DELAYS = f"""{BELOW}
SELECT below.top, part.id, unit.name, told.delay_reason
FROM below JOIN decisions_directive part ON part.id = below.key
JOIN bodies_unit unit ON unit.id = part.responsible_unit_id
JOIN decisions_progress told ON told.directive_id = part.id
WHERE below.key <> below.top AND told.delay_reason <> '' AND part.access IN ('public', below.open)
ORDER BY part.id, told.ordinal
"""  # noqa: S608  # Both are constants.


def parts_below(body: Body, day: date) -> dict[int, Parts]:
    """Return how the parts of each task that a body issued stand on a day, by the task's key."""
    delays: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(DELAYS, [body.pk])
        for top, part, unit, reason in cursor.fetchall():
            delays[top][part] = (unit, reason)
        cursor.execute(PARTS, [body.pk, day.isoformat()])
        return {
            top: Parts(count, done, told, late, tuple(delays[top].values()))
            for top, count, done, told, late in cursor.fetchall()
        }
