"""What holds for meetings: notice, presence, quorum and who may preside. Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
