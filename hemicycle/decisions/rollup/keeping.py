"""Keeping figures as reports and states change: what is new goes up from part to whole, to every ancestor.

Called by acts inside their transaction, after they wrote. Rows are locked from the youngest directive to the oldest,
which goes from parts to wholes, so that two acts in one tree never wait for each other in a circle.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from django.db import connection

from hemicycle.decisions.models import Aim, Directive, Progress, Rollup
from hemicycle.decisions.rollup.rules import Aimed, Figure, Own, Sums, Told, figure_of, given, own_of, still_counts
from hemicycle.ground.among import Among, among
from hemicycle.journal.bulk import insert_many

BATCH, FEW = 5000, 20
KEPT = ("counts", "own_value", "own_of", "own_reported", "value", "of", "reported", "expected", "parts")
# Each whole is asked for by its key: joined, the database may read the whole table for the few that are wanted.
CHAIN = """
WITH RECURSIVE chain(key) AS (
    SELECT over_id FROM decisions_rollup WHERE {}
    UNION SELECT (SELECT over_id FROM decisions_rollup WHERE aim_id = chain.key) FROM chain WHERE key IS NOT NULL
) SELECT key FROM chain WHERE key IS NOT NULL
"""
# All of `KEPT` and the key, for many rows at once.
WRITE_MANY = """
UPDATE decisions_rollup SET counts = new.counts, own_value = new.own_value, own_of = new.own_of,
    own_reported = new.own_reported, value = new.value, "of" = new."of", reported = new.reported,
    expected = new.expected, parts = new.parts
FROM unnest(
    %s::boolean[], %s::bigint[], %s::bigint[], %s::boolean[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::bigint[], %s::bigint[]
) AS new(counts, own_value, own_of, own_reported, value, "of", reported, expected, parts, key)
WHERE aim_id = new.key
"""
# Names of our own columns alone.
WRITE = "UPDATE decisions_rollup SET " + ", ".join(f'"{name}" = %s' for name in KEPT) + " WHERE aim_id = %s"  # noqa: S608


def aimed(aim: Aim) -> Aimed:
    """Return an aim as the rules take it."""
    return Aimed(aim.rule, aim.target, aim.target_of, aim.weight)


def sums_in(row: Rollup) -> Sums:
    """Return the sums of a row's parts."""
    return Sums(row.value, row.of, row.reported, row.expected, row.parts)


def comes_to(row: Rollup, aim: Aim | None = None) -> Figure:
    """Return what a directive's figure comes to as it is kept."""
    return figure_of(aimed(aim or row.aim), Own(row.own_value, row.own_of, row.own_reported), sums_in(row))


def begin(aims: Sequence[Aim]) -> None:
    """Begin the figures of directives that were just issued, and tell the wholes that they are parts of.

    All are parts of wholes that stood before, or of none.
    """
    new = {aim.pk: Rollup(aim=aim) for aim in aims}
    wholes = {aim.directive.parent_id for aim in aims if aim.directive.parent_id is not None}
    stood = locked_with_wholes(wholes)
    for aim in aims:
        new[aim.pk].over_id = aim.directive.parent_id if aim.directive.parent_id in stood else None
    settle({**stood, **new}, dict.fromkeys(new, Sums()))
    write(stood.values())
    insert_many(Rollup, new.values())


def report(directive: Directive, reports: Iterable[Progress]) -> None:
    """Take in all that the unit of a directive has reported, in order, the last of it just now."""
    told = [told_by(one) for one in reports if one.value is not None]
    carry({directive.pk: lambda row: keep_own(row, own_of(row.aim.rule, told))})


def report_all(made: Iterable[Progress], rows: Mapping[int, Rollup]) -> None:
    """Take in what many units have reported just now, each once; the rows of their tasks and wholes are locked."""
    told = {one.directive_id: [told_by(one)] for one in made if one.value is not None}
    by_period = [key for key in told if rows[key].aim.every]
    for some in batches(by_period):
        reports = Progress.objects.filter(Among("directive", some), value__isnull=False)
        by_task = groupby(reports.order_by("directive_id", "ordinal"), attrgetter("directive_id"))
        told |= {key: [told_by(one) for one in group] for key, group in by_task}
    before = {key: gives(row, rows) for key, row in rows.items()}
    for key, values in told.items():
        keep_own(rows[key], own_of(rows[key].aim.rule, values))
    settle(rows, before)
    write(rows.values())


def told_by(report: Progress) -> Told:
    """Return the figure of a report as the rules take it."""
    return Told(report.value or 0, report.out_of or 0, report.period)


def keep_own(row: Rollup, own: Own) -> None:
    """Keep what a unit reported itself."""
    row.own_value, row.own_of, row.own_reported = own.value, own.of, own.reported


def stand(directives: Iterable[Directive]) -> None:
    """Take in that directives stand otherwise than before: withdrawn, superseded, not applicable, or asked anew."""

    def changing(counts: bool) -> Callable[[Rollup], None]:
        return lambda row: setattr(row, "counts", counts)

    carry({directive.pk: changing(still_counts(directive.state)) for directive in directives})


def carry(changes: Mapping[int, Callable[[Rollup], None]]) -> None:
    """Change the rows of directives, where they have figures, and carry what changed up to every ancestor."""
    rows = locked_with_wholes(changes)
    before = {key: gives(row, rows) for key, row in rows.items()}
    for key, row in rows.items():
        if key in changes:
            changes[key](row)
    settle(rows, before)
    write(rows.values())


def settle(rows: Mapping[int, Rollup], before: Mapping[int, Sums]) -> None:
    """Bring wholes in line with what their parts gave before and give now. A whole is always older than its parts."""
    stood = {key: before[key] if key in before else gives(row, rows) for key, row in rows.items()}
    for key in sorted(rows, reverse=True):
        row = rows[key]
        if row.over_id is not None:
            whole = rows[row.over_id]
            keep_sums(whole, sums_in(whole) + gives(row, rows) - stood[key])


def keep_sums(row: Rollup, sums: Sums) -> None:
    """Keep what the parts of a directive come to."""
    row.value, row.of, row.parts = sums.value, sums.of, sums.parts
    row.reported, row.expected = sums.reported, sums.expected


def write(rows: Iterable[Rollup]) -> None:
    """Write rows that stand in the table: many in one statement on PostgreSQL, where each would cost as much."""
    values = [[*(getattr(row, name) for name in KEPT), row.pk] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(values) > FEW:
            cursor.execute(WRITE_MANY, [list(column) for column in zip(*values, strict=True)])
        else:
            cursor.executemany(WRITE, values)


def gives(row: Rollup, rows: Mapping[int, Rollup]) -> Sums:
    """Return what a row gives to its whole."""
    if row.over_id is None:
        return Sums()
    return given(aimed(row.aim), comes_to(row), rows[row.over_id].aim.rule, counts=row.counts)


def locked_with_wholes(keys: Iterable[int]) -> dict[int, Rollup]:
    """Return the rows of directives and of every whole above them, locked from the youngest to the oldest."""
    found = sorted(with_wholes(keys), reverse=True)
    rows: dict[int, Rollup] = {}
    for some in batches(found):
        locked = Rollup.objects.select_for_update(of=("self",)).select_related("aim").order_by("-pk")
        rows |= {row.pk: row for row in locked.filter(Among("pk", some))}
    return rows


def with_wholes(keys: Iterable[int]) -> set[int]:
    """Return these directives and every whole above them that takes their figures."""
    found = set(keys)
    with connection.cursor() as cursor:
        for some in batches(list(found)):
            condition, taken = among("aim_id", some, connection.vendor)
            cursor.execute(CHAIN.format(condition), taken)
            found |= {key for (key,) in cursor.fetchall()}
    return found


def batches(keys: list[int]) -> Iterator[list[int]]:
    """Yield keys by as many as one statement takes."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
