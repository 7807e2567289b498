"""What holds for meetings: notice, presence, quorum and who may preside. Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hemicycle.bodies.rules import Share

MEMBER, ALTERNATE, SEATED = "member", "alternate", "alternate seated"
REMOTE = "remote"


@dataclass(frozen=True)
class Spell:
    """From a moment until before another; without an end while it lasts."""

    starts: datetime
    ends: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Say whether the moment lies in the spell: its start does, its end does not."""
        return self.starts <= moment and (self.ends is None or moment < self.ends)


@dataclass(frozen=True)
class Attendant:
    """Somebody accredited, with the spells in which they are there and how."""

    capacity: str
    votes: bool
    spells: tuple[tuple[Spell, str], ...] = ()


@dataclass(frozen=True)
class Quorum:
    """Who is there of those who decide: `present` of the `whole`, of whom `needed` are asked for.

    `presumed`: by the rules the quorum is taken to be there until a count has found otherwise.
    """

    present: int
    needed: int
    reached: bool
    whole: int
    presumed: bool = False

    @property
    def allows_votes(self) -> bool:
        """Whether something can be put to the vote."""
        return self.reached or self.presumed


def quorum(
    members_with_vote: int, present: int, share: Share, *, remote: int = 0, remote_counts: bool = True
) -> Quorum:
    """Return the quorum of a body whose members with a vote number `members_with_vote`.

    `present` counts full members and seated alternates who are there, `remote` how many of them are there from
    elsewhere; they count only where the rules say so. Observers, guests and alternates without a seat are never given
    here. A body without members has no quorum.
    """
    counted = present if remote_counts else present - remote
    needed = max(share.least(members_with_vote), 1)
    return Quorum(counted, needed, counted >= needed, members_with_vote)


def counts(attendant: Attendant) -> bool:
    """Say whether somebody counts for the quorum when there: with a vote, as a member or a seated alternate."""
    return attendant.votes and attendant.capacity in {MEMBER, SEATED}


def mode_at(attendant: Attendant, moment: datetime) -> str | None:
    """Return how somebody is there at a moment, or None where they are not."""
    return next((mode for spell, mode in attendant.spells if spell.covers(moment)), None)


def quorum_of(
    attendants: Iterable[Attendant], moment: datetime, *, whole: int, share: Share, remote_counts: bool
) -> Quorum:
    """Return the quorum at a moment among those accredited."""
    modes = [mode_at(attendant, moment) for attendant in attendants if counts(attendant)]
    present = [mode for mode in modes if mode is not None]
    return quorum(whole, len(present), share, remote=present.count(REMOTE), remote_counts=remote_counts)


def clear_days(sent: date, meets: date) -> int:
    """Return the clear days between a notice and a meeting: neither the day sent nor the day of the meeting counts."""
    return max((meets - sent).days - 1, 0)


def presiding_at(spells: Sequence[Spell], moment: datetime) -> int | None:
    """Return the place of the spell in the chair that covers a moment, or None where nobody presides."""
    return next((place for place, spell in enumerate(spells) if spell.covers(moment)), None)


def may_preside(
    basis: str, bases: Collection[str], *, holds_chair: bool, authorized_by: str, authorizers: Collection[str] = ()
) -> str | None:
    """Return why a person may not preside on this basis (the code of the refusal), or None where they may.

    `bases` are those that the rules of procedure name. Office is for who holds one that presides; an authorization
    names who gave it, and where the rules say who can (`authorizers`) it is one of them.
    """
    if basis not in bases:
        return "basis_not_in_rules"
    if basis == "office" and not holds_chair:
        return "not_the_chair"
    if basis == "authorization" and not authorized_by.strip():
        return "authorization_without_source"
    if basis == "authorization" and authorizers and authorized_by.strip() not in authorizers:
        return "source_not_in_rules"
    return None


def next_in_chair(
    bases: Sequence[str],
    *,
    offices: Sequence[int],
    seniors: Sequence[int],
    present: Collection[int],
    barred: Collection[int],
) -> tuple[int, str] | None:
    """Return who takes the chair by itself when it is left, and on what basis; None where nobody does.

    The bases are asked in the order of the rules. By office comes the first who is there of those who hold one; by
    seniority the one who is there and longest a member. An authorization and an election have to be given first.
    `barred` are those who left the chair or are concerned by what is dealt with.
    """
    for basis in bases:
        line = {"office": offices, "seniority": seniors}.get(basis, ())
        for person in line:
            if person in present and person not in barred:
                return person, basis
    return None


COMMENT, QUESTION, ORDER = "comment", "question", "point of order"
INTERRUPTION, REPLY = "interruption", "reply"
# For these somebody has the floor within another's speech; a point of order where it cannot wait.
WITHIN_A_SPEECH = frozenset({INTERRUPTION, REPLY, ORDER})
SHORT = frozenset({QUESTION, ORDER, INTERRUPTION, REPLY})
OPPOSITE = {"for": "against", "against": "for"}


@dataclass(frozen=True)
class Calling:
    """How a body calls its speakers: these kinds before all others, newcomers first, for and against by turns."""

    first: tuple[str, ...] = (ORDER,)
    newcomers_first: bool = False
    sides_alternate: bool = False


@dataclass(frozen=True)
class Asked:
    """Somebody who waits for the floor: for what, since when, whether they spoke, and where the desk put them."""

    key: int
    kind: str
    asked: datetime
    spoke: bool = False
    place: int | None = None


def calling(speak_first: str, *, newcomers_first: bool, sides_alternate: bool) -> Calling:
    """Return how speakers are called, from the words of the rules of procedure."""
    return Calling(tuple(filter(None, speak_first.split(", "))), newcomers_first, sides_alternate)


def call_order(waiting: Iterable[Asked], how: Calling, last_side: str = "") -> list[int]:
    """Return the keys of those who wait for the floor, in the order in which they are called.

    First come the kinds that the rules call before all others, then those whom the desk has put in a place, then the
    others by the rules. `last_side` is that of the last speech, “for” or “against”.
    """
    everyone = sorted(waiting, key=lambda one: (one.asked, one.key))
    ranked = [one for kind in how.first for one in everyone if one.kind == kind and one.place is None]
    placed = sorted((one for one in everyone if one.place is not None), key=lambda one: one.place or 0)
    others = [one for one in everyone if one.place is None and one.kind not in how.first]
    found = [*ranked, *placed]
    side = next((one.kind for one in reversed(placed) if one.kind in OPPOSITE), last_side)
    for tier in [False, True] if how.newcomers_first else [None]:
        due = [one for one in others if tier is None or one.spoke == tier]
        called = by_turns(due, side) if how.sides_alternate else due
        side = next((one.kind for one in reversed(called) if one.kind in OPPOSITE), side)
        found += called
    return [one.key for one in found]


def by_turns(due: Sequence[Asked], side: str) -> list[Asked]:
    """Return those who are due, so that no side speaks twice running while the other waits; else as they asked."""
    lines = {name: [one for one in due if one.kind == name] for name in OPPOSITE}
    lines[""] = [one for one in due if one.kind not in OPPOSITE]
    called: list[Asked] = []
    while any(lines.values()):
        other = OPPOSITE.get(side, "")
        heads = [line[0] for name, line in lines.items() if line and (name != side or not side or not lines[other])]
        following = min(heads or [line[0] for line in lines.values() if line], key=lambda one: (one.asked, one.key))
        lines[following.kind if following.kind in OPPOSITE else ""].pop(0)
        side = following.kind if following.kind in OPPOSITE else side
        called.append(following)
    return called


def moved_to(order: Sequence[int], key: int, to: str) -> list[int]:
    """Return an order in which one has moved: “up”, “down”, “first”, “last”, or to a place from 1 on.

    Raises:
        ValueError: that is no place.
    """
    here, others = list(order).index(key), [one for one in order if one != key]
    places = {"up": here - 1, "down": here + 1, "first": 0, "last": len(others)}
    place = places[to] if to in places else int(to) - 1
    if not to.isascii() or (to not in places and place < 0):
        raise ValueError(f"{to} is no place in a list.")
    place = max(0, min(place, len(others)))
    return [*others[:place], key, *others[place:]]


def may_ask(kind: str, *, list_closed: bool, debate_closed: bool) -> bool:
    """Say whether the floor can be asked for: of a closed list only for a point of order, which is always in order."""
    return kind == ORDER or not (list_closed or debate_closed)


def limit_for(kind: str, speech_seconds: int | None, short_seconds: int | None) -> int | None:
    """Return for how many seconds somebody has the floor; None without a limit."""
    return short_seconds or speech_seconds if kind in SHORT else speech_seconds


def spoken_for(starts: datetime, until: datetime, rests: Iterable[Spell]) -> int:
    """Return for how many whole seconds somebody spoke, without the whiles in which the clock stood."""
    return int(time_spoken(starts, until, rests).total_seconds())


def time_spoken(starts: datetime, until: datetime, rests: Iterable[Spell]) -> timedelta:
    """Return how long somebody spoke, without the whiles in which the clock stood."""
    total, covered = max(until - starts, timedelta()), starts
    for rest in sorted(rests, key=lambda one: one.starts):
        first, last = max(rest.starts, covered), min(rest.ends or until, until)
        if last > first:
            total -= last - first
            covered = last
    return total


def budgets(total: int, members: Mapping[str, int], how: str) -> dict[str, int]:
    """Return the seconds of an item that each group has: none is lost, and whoever is due most of a rest has it.

    `how` is “equal” or “members”. A group without members has none, as has everybody where nothing is shared.
    """
    weights = {name: (1 if how == "equal" else count) for name, count in members.items() if count > 0}
    whole = sum(weights.values())
    if not how or not whole:
        return {}
    shares = {name: divmod(total * weight, whole) for name, weight in weights.items()}
    left = total - sum(share for share, _rest in shares.values())
    first = sorted(shares, key=lambda name: (-shares[name][1], name))[:left]
    return {name: share + (name in first) for name, (share, _rest) in shares.items()}
