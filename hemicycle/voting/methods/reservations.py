"""Seats reserved for groups (by gender, region, age): which choices still leave every reservation possible. Pure.

Groups do not overlap (Election refuses that), so the question is one of counting. In an STV count a candidate is
*guarded* whose exclusion would make the reservations impossible, and *doomed* whose election would: the guarded are
not excluded, the doomed are excluded first. So the Church of England's STV regulations treat reserved seats.
"""

from collections.abc import Collection, Iterable, Sequence

from hemicycle.voting.methods.election import CannotCount, Election, Reservation


def possible(
    elected: Collection[int], standing: Collection[int], seats: int, reservations: Sequence[Reservation]
) -> bool:
    """Say whether the elected can be filled up from the standing to all seats with every reservation kept."""
    open_seats = seats - len(elected)
    asked, room = 0, len(set(standing) - {number for group in reservations for number in group.group})
    for reservation in reservations:
        has = len(reservation.group & set(elected))
        most = min(has + len(reservation.group & set(standing)), has + open_seats)
        if reservation.most is not None:
            most = min(most, reservation.most)
        if has > most or reservation.least > most:
            return False
        asked += max(0, reservation.least - has)
        room += most - has
    return asked <= open_seats <= room


def check(election: Election) -> None:
    """Refuse reservations that these candidates cannot meet.

    Raises:
        CannotCount: no choice of candidates for the seats keeps every reservation.
    """
    if election.reservations and not possible((), election.standing, election.filled, election.reservations):
        raise CannotCount("No choice of these candidates fills the seats as they are reserved. Nothing was counted.")


def may_elect(election: Election, number: int, elected: Iterable[int], standing: Iterable[int]) -> bool:
    """Say whether electing one of the standing leaves the reservations possible."""
    if not election.reservations:
        return True
    return possible({*elected, number}, {*standing} - {number}, election.filled, election.reservations)


def may_exclude(election: Election, number: int, elected: Iterable[int], standing: Iterable[int]) -> bool:
    """Say whether excluding one of the standing leaves the reservations possible."""
    if not election.reservations:
        return True
    return possible({*elected}, {*standing} - {number}, election.filled, election.reservations)
