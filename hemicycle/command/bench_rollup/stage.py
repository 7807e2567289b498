"""The stage of `bench rollup`: it builds the federation and takes every measure, in a process of its own."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import cycle, repeat
from random import Random
from typing import Any

from hemicycle.command.bench_place import percentile
from hemicycle.ground.opening import open_house

FEW = 20


def main() -> None:
    """Build, measure, and print the figures."""
    open_house()
    from hemicycle.command.new_database import make_tables
    from hemicycle.decisions.models import Directive, Progress
    from hemicycle.demo.large import Size, build_large
    from hemicycle.web.door.rooms import load_pages

    *sizes, times = (int(word) for word in sys.argv[1:])
    make_tables()
    begun = time.perf_counter()
    build_large(Size(*sizes), lambda _count: None)
    built = round(time.perf_counter() - begun, 1)
    analyse()
    load_pages()
    large = {"directives": Directive.objects.count(), "reports": Progress.objects.count(), "build_s": built}
    print(json.dumps([{**found, **large} for found in measures(times)]))


def analyse() -> None:
    """Let the database know how large its tables are, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measures(times: int) -> Iterator[dict[str, Any]]:
    """Take every measure in turn."""
    from hemicycle.decisions.rollup.recomputing import differing

    yield timed("unit_page", pages("decisions:tasks", units()), times)
    yield timed("decision_tree", pages("decisions:decision", decisions()), min(times, FEW * 2))
    yield timed("decision_map", pages("decisions:tree", decisions()), min(times, FEW * 2))
    yield timed("heat_map", pages("decisions:heat", repeat([]), handing_on()), times)
    yield timed("report_write", reports(), times)
    yield timed("account_drawn_up", accounts(), 1)
    yield timed("account", pages("decisions:account", account_pages()), min(times, FEW))

    def recompute() -> None:
        if wrong := list(differing()):
            raise ValueError(f"{len(wrong)} figures are not what their reports come to.")

    yield timed("recomputation", iter([recompute]), 1)


def timed(measure: str, things: Iterator[Callable[[], object]], times: int) -> dict[str, Any]:
    """Do something so many times, one after another, and return how long it took; the first of many is not counted."""
    found = []
    for _number in range(times + (times > 1)):
        thing = next(things)
        begun = time.perf_counter()
        thing()
        found.append((time.perf_counter() - begun) * 1000)
    counted = found[1:] or found
    return {
        "measure": measure,
        "p50_ms": percentile(counted, 50),
        "p99_ms": percentile(counted, 99),
        "times": len(counted),
    }


def pages(name: str, keys: Iterator[list[object]], queries: Iterable[str] = ("",)) -> Iterator[Callable[[], object]]:
    """Yield what asks for one page after another as everybody, each with these queries in turn."""
    from django.test import Client
    from django.urls import reverse

    client, query = Client(headers={"host": "localhost"}), cycle(queries)

    def page(address: str) -> None:
        if (status := client.get(address).status_code) != 200:
            raise ValueError(f"{address} answered {status}.")

    for some in keys:
        address = reverse(name, args=some) + next(query)
        yield partial(page, address)


def units() -> Iterator[list[object]]:
    """Yield the addresses of units of every level, one of each in turn."""
    from hemicycle.bodies.models import Unit

    levels = [list(Unit.objects.filter(level=level).order_by("pk").values_list("slug", flat=True)[:500])
              for level in ("co-operative", "district")]  # fmt: skip
    random = Random(1)  # noqa: S311  # Which pages are looked at.
    for level in cycle(levels):
        yield [random.choice(level)]


def decisions() -> Iterator[list[object]]:
    """Yield the addresses of decisions."""
    from hemicycle.decisions.models import Decision

    found = Decision.objects.order_by("pk").values_list("body__slug", "number")
    yield from cycle([list(keys) for keys in found])


def handing_on() -> list[str]:
    """Return the queries of the map of the whole, and of what each of some regions and districts handed on."""
    from hemicycle.bodies.models import Unit

    levels = [Unit.objects.filter(level=level).order_by("pk")[:FEW] for level in ("region", "district")]
    return ["", *(f"?under={unit.slug}" for level in levels for unit in level)]


def reports() -> Iterator[Callable[[], object]]:
    """Yield what lets one co-operative report, with an entry in its own book."""
    from hemicycle.decisions.acts import report_progress
    from hemicycle.decisions.models import Directive
    from hemicycle.journal.act import Actor

    leaves = Directive.objects.filter(responsible_unit__level="co-operative", received__isnull=False)
    for number, one in enumerate(leaves.select_related("responsible_unit").order_by("text", "pk").iterator()):
        unit = one.responsible_unit
        by = Actor(f"Head of {unit.name}", "head of unit", "head", unit.name, unit.book_id)
        asked: dict[str, Any] = {
            "by": by,
            "directive_id": one.pk,
            "narrative": f"Counted {number}.",
            "value": number % 100,
        }
        yield partial(report_progress, **asked)


def accounts() -> Iterator[Callable[[], object]]:
    """Yield what draws up the account of everything that the congress decided."""
    from hemicycle.bodies.queries import actors_of
    from hemicycle.decisions.acts import draw_up_account
    from hemicycle.meetings.models import Meeting

    meeting = Meeting.objects.select_related("body").get(body__kind="congress")
    presiding = meeting.sittings.get().presidings.get()
    desk = next(one for one in actors_of(presiding.person_id) if one.book == meeting.body.book_id)
    item = meeting.items.get()
    yield lambda: draw_up_account(by=desk, meeting_id=meeting.pk, item_id=item.pk)


def account_pages() -> Iterator[list[object]]:
    """Yield the address of the account."""
    from hemicycle.decisions.models import Account

    account = Account.objects.select_related("meeting__body", "meeting__term").get()
    meeting = account.meeting
    yield from cycle([[meeting.body.slug, meeting.term.ordinal, meeting.ordinal, account.number]])


if __name__ == "__main__":
    main()
