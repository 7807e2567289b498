"""How a speech ends: by an act of its own, or with one that leaves the item or ends the sitting."""

from hemicycle.journal.act import Act
from hemicycle.meetings import rules
from hemicycle.meetings.models import Sitting, Turn
from hemicycle.meetings.queries.speaking import rests_of


def end_turn(entry: Act, turn: Turn) -> None:
    """End a speech with what interrupts it, at the moment of an act."""
    for inner in turn.inner.filter(ends=None):
        end_turn(entry, inner)
    for held in turn.held.filter(ends=None):
        entry.update(held, ends=entry.when)
    if turn.during_id is None:
        entry.update(turn.sitting, speaking=None)
    entry.update(turn, ends=entry.when, seconds=rules.spoken_for(turn.starts, entry.when, rests_of(turn)))


def end_floor(entry: Act, sitting: Sitting) -> None:
    """Let nobody have the floor any more, with an act that leaves the item or ends the sitting."""
    if sitting.speaking_id is not None:
        turn = entry.lock(Turn, sitting.speaking_id)
        turn.sitting = sitting
        end_turn(entry, turn)
