"""How the book calls an item."""

from typing import Any


def item_told(facts: dict[str, Any], place: str = "ordinal") -> dict[str, Any]:
    """Return facts with the number by which their item was called; older entries give its place alone."""
    return {"number": facts.get(place), **facts}
