"""What the Council decided before this house kept it is brought in from the card index of the office."""

from collections.abc import Iterator
from typing import Any

from hemicycle.decisions.acts import import_old
from hemicycle.decisions.old_sheets import OldRow
from hemicycle.demo.organisation import Federation
from hemicycle.demo.planning import acting
from hemicycle.demo.schedule import days_ago
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import table


def bringing_in(world: Federation) -> Iterator[Scene]:
    """Yield how the card index is brought in."""
    facts = table("old")
    yield Scene(days_ago(world.present, facts["days_ago"], 14), lambda: bring_in(world, facts))


def bring_in(world: Federation, facts: dict[str, Any]) -> None:
    """Bring the cards in."""
    rows = [OldRow(**row | {"unit": unit_of(world, row)}) for row in facts["row"]]
    body = world.bodies["council"]
    about = {name: facts[name] for name in ("file", "origin", "access")}
    import_old(by=acting(world), body_id=body.pk, rows=rows, **about)


def unit_of(world: Federation, row: dict[str, Any]) -> int | None:
    """Return the unit of a card, if it names one."""
    return world.units[row["unit"]].pk if "unit" in row else None
