"""Who casts whose votes: seats that are filled, proxies for those who are not there, votes of one seat. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

# More votes of one seat than this are cast as a whole: each part is a line on the list.
MOST_PARTS = 500


@dataclass(frozen=True)
class Seat:
    """Somebody accredited with a vote: the key of the accreditation, who it is, and how many votes of what weight.

    `mandates` are the keys of units whose mandates they hold; the first is their own. `there`: whether they are in the
    sitting; `barred`: they have no vote on the item, and cast none for others. `stood_for`: an alternate has the seat.
    """

    key: int
    person: int
    there: bool
    weight: int = 1
    mandates: tuple[int | None, ...] = (None,)
    barred: bool = False
    stood_for: bool = False


@dataclass(frozen=True)
class Holding:
    """A vote on the list: whose it is, which of theirs, who casts it, what it weighs, and the unit of its mandate."""

    key: int
    mandate: int
    cast_by: int
    weight: int
    unit: int | None


def holdings(
    seats: Iterable[Seat], proxies: Mapping[int, int], there: Mapping[int, int], *, split: bool
) -> list[Holding]:
    """Return every vote that can be cast now.

    `proxies` maps who gave their vote away to who holds it; `there` maps each person in the sitting who is not barred
    to their accreditation. A vote is its owner's where they are there; else its proxy's, where that one is there.
    """
    found: list[Holding] = []
    for seat in seats:
        if seat.barred or seat.stood_for:
            continue
        caster = seat.key if seat.there else there.get(proxies.get(seat.person, 0))
        if caster is not None:
            found += parts(seat, caster, split=split)
    return found


def parts(seat: Seat, caster: int, *, split: bool) -> Iterator[Holding]:
    """Yield the votes of one seat: one for each mandate, and where votes may be split one for each vote."""
    number = 0
    for unit in seat.mandates:
        pieces = seat.weight if split and seat.weight <= MOST_PARTS else 1
        for _piece in range(pieces):
            number += 1
            yield Holding(seat.key, number, caster, seat.weight // pieces, unit)


def fault_in_giving(given: Mapping[int, int], principal: int, holder: int, most: int) -> str | None:
    """Return why a vote cannot be given to somebody, as a code; None where it can. `given` maps givers to holders."""
    if most < 1:
        return "no_proxies"
    if principal == holder:
        return "proxy_to_oneself"
    if principal in given:
        return "given_already"
    if chain_leads_to(given, holder, principal):
        return "proxy_in_a_circle"
    if holder in given or principal in given.values():
        return "proxy_passed_on"
    if sum(one == holder for one in given.values()) >= most:
        return "too_many_proxies"
    return None


def chain_leads_to(given: Mapping[int, int], start: int, goal: int) -> bool:
    """Say whether the votes given from somebody on come to somebody."""
    seen = set()
    while start in given and start not in seen:
        seen.add(start)
        start = given[start]
        if start == goal:
            return True
    return False
