"""How units may stand under one another. Pure: no database, no clock."""

from collections.abc import Mapping


def would_cycle(unit: int, parent: int, parents: Mapping[int, int]) -> bool:
    """Say whether placing a unit under a parent would put it under itself, given who stands under whom that day."""
    above: int | None = parent
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
