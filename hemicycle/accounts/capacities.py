"""In what capacity a person acts. A post or a participation gives it; rights are asked of it."""

from enum import StrEnum


class Capacity(StrEnum):
    """The capacities that acts know. How one is called in a body (“President of Congress”) is its post's title."""

    ADMINISTRATOR = "administrator"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    ALTERNATE = "alternate"
    AUDITOR = "auditor"
    PRESS = "press officer"
    UNIT_HEAD = "head of unit"
    OBSERVER = "observer"
    HOUSE = "the system"


DESK = frozenset({Capacity.CHAIR, Capacity.SECRETARY})
