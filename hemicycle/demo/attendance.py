"""Who is there, who is away, and who votes how: chosen by a digest, so that the same story is told every time.

Pure: no clock and no database.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Choices = Mapping[str, int]


def shuffled(names: Iterable[str], occasion: str) -> list[str]:
    """Return names in an order that looks like chance and is the same for the same occasion."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{occasion}/{name}".encode()).digest())


def pick(seats: Mapping[str, list[str]], wanted: Choices, occasion: str, without: Iterable[str] = ()) -> list[str]:
    """Choose so many names from each group, none of those in `without`."""
    spared = set(without)
    found = []
    for group, number in wanted.items():
        free = [name for name in seats[group] if name not in spared]
        if len(free) < number:
            raise ValueError(f"{occasion}: {group} has {len(free)} people to choose {number} from.")
        found += shuffled(free, occasion)[:number]
    return found


@dataclass(frozen=True)
class Attendance:
    """Who takes part in a sitting: members there, how, and the alternates with the members they sit for."""

    absent: list[str]
    remote: set[str]
    sits_for: dict[str, str]


def attendance(people: Mapping[str, Any], facts: Mapping[str, Any], occasion: str, needed: set[str]) -> Attendance:
    """Choose who is away, who takes part by video, and which alternates sit for whom."""
    members, alternates = people["members"], people["alternates"]
    away = list(facts.get("absent_people", []))
    away += pick(members, facts["absent"], f"{occasion}, away", needed | set(away))
    of_region = {name: region for region, names in members.items() for name in names}
    sits_for: dict[str, str] = {}
    for region, number in facts["seated"].items():
        empty = [name for name in away if of_region[name] == region][:number]
        sits_for.update(zip(pick(alternates, {region: number}, occasion), empty, strict=True))
    remote = set(pick(members, facts["remote"], f"{occasion}, remote", needed | set(away)))
    return Attendance(away, remote, sits_for)


def choices(voters: Mapping[str, list[str]], facts: Mapping[str, Any], occasion: str, for_it: str) -> dict[str, str]:
    """Return who votes how; those who stay silent are left out. Whoever moved it is for it."""
    silent = pick(voters, facts.get("silent", {}), f"{occasion}, silent", [for_it])
    against = pick(voters, facts.get("against", {}), f"{occasion}, against", [for_it, *silent])
    abstain = pick(voters, facts.get("abstain", {}), f"{occasion}, abstain", [for_it, *silent, *against])
    said = {name: "for" for group in voters.values() for name in group if name not in silent}
    return said | dict.fromkeys(against, "against") | dict.fromkeys(abstain, "abstain")
