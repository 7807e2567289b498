"""Figures computed anew from aims, reports and states alone, against which those that are kept are held.

Read from the youngest directive to the oldest, so that every part is done with before its whole; only wholes whose
parts are not all read yet are held in memory.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hemicycle.decisions.models import Aim, Progress, Rollup
from hemicycle.decisions.rollup.keeping import KEPT
from hemicycle.decisions.rollup.rules import Aimed, Own, Sums, Told, figure_of, given, own_of, still_counts

BATCH = 5000
AIMS = ("pk", "rule", "target", "target_of", "weight", "directive__state")
WHOLE = ("directive__parent__aim__pk", "directive__parent__aim__rule")


def recomputed() -> Iterator[dict[str, Any]]:
    """Yield the columns of every figure as they must stand, the youngest directive first."""
    owns = reported_values()
    next_own = next(owns, None)
    gathered: dict[int, Sums] = {}
    aims = Aim.objects.order_by("-pk").values_list(*AIMS, *WHOLE)
    for key, rule, target, target_of, weight, state, over, over_rule in aims.iterator(chunk_size=BATCH):
        while next_own and next_own[0] > key:  # Of a directive without an aim.
            next_own = next(owns, None)
        own = own_of(rule, next_own[1]) if next_own and next_own[0] == key else Own()
        aimed, sums, counts = Aimed(rule, target, target_of, weight), gathered.pop(key, Sums()), still_counts(state)
        if over is not None:
            part = given(aimed, figure_of(aimed, own, sums), over_rule, counts=counts)
            gathered[over] = gathered[over] + part if over in gathered else part
        yield {
            "aim_id": key,
            "over_id": over,
            "counts": counts,
            "own_value": own.value,
            "own_of": own.of,
            "own_reported": own.reported,
            "value": sums.value,
            "of": sums.of,
            "reported": sums.reported,
            "expected": sums.expected,
            "parts": sums.parts,
        }


def reported_values() -> Iterator[tuple[int, list[Told]]]:
    """Yield the values reported on each directive in their order, the youngest directive first."""
    rows = Progress.objects.filter(value__isnull=False).order_by("-directive_id", "-ordinal")
    told = rows.values_list("directive_id", "value", "out_of", "period").iterator(chunk_size=BATCH)
    for key, group in groupby(told, key=itemgetter(0)):
        yield key, [Told(value or 0, of or 0, period) for _key, value, of, period in group][::-1]


def kept() -> Iterator[dict[str, Any]]:
    """Yield the figures as they are kept, in the same order."""
    names = ("aim_id", "over_id", *KEPT)
    yield from Rollup.objects.order_by("-pk").values(*names).iterator(chunk_size=BATCH)


def differing() -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Yield every figure as it must stand beside how it is kept, where the two differ; None where one is missing."""
    right, stored = recomputed(), kept()
    one, other = next(right, None), next(stored, None)
    while one or other:
        first, second = one["aim_id"] if one else 0, other["aim_id"] if other else 0
        if first == second:
            if one != other:
                yield one, other
            one, other = next(right, None), next(stored, None)
        elif first > second:
            yield one, None
            one = next(right, None)
        else:
            yield None, other
            other = next(stored, None)


def figures_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every figure that is not what the reports come to."""
    for right, stored in differing():
        key = (right or stored or {})["aim_id"]
        yield _("The figure kept of task %(key)d is not what its reports come to. Run “hemicycle rollup --anew”.") % {
            "key": key
        }


def compute_anew() -> int:
    """Write every figure as it must stand; return how many were not as they must."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE decisions_rollup IN EXCLUSIVE MODE")
        wrong = list(differing())
        missing = [Rollup(**right) for right, stored in reversed(wrong) if right and stored is None]
        Rollup.objects.bulk_create(missing, batch_size=2000)
        for right, stored in wrong:
            if right and stored:
                Rollup.objects.filter(pk=right["aim_id"]).update(**right)
        gone = [stored["aim_id"] for right, stored in wrong if stored and right is None]
        Rollup.objects.filter(pk__in=gone).delete()
    return len(wrong)
