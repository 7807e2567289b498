"""Puts votes into the box in groups: one thread per process, one transaction for all that wait.

The ballots of a group are locked against being closed (FOR SHARE on PostgreSQL, the gate on SQLite) and looked at
under the lock. So a vote that was answered is counted, and none comes after the count.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import Error, connection, transaction

from hemicycle.journal.clock import now
from hemicycle.voting.models import BY_NAME
from hemicycle.voting.papers import BadPaper, Form, read

MOST_WAITING = 8_000
AT_ONCE = 1_000

log = logging.getLogger(__name__)


class Full(Exception):
    """So many votes wait that no further one is taken now."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A vote as it came: the ballot, the voter's key on its list, the paper, and the token of the request."""

    ballot: int
    voter: int
    choice: str
    request: str


class Asked(NamedTuple):
    """What a paper of an election may say: its form, the names on it by number, and how many may be named."""

    form: str
    names: tuple[str, ...]
    most: int


class Box(NamedTuple):
    """A ballot as the box finds it under the lock; `asked` is None where it is for, against or abstain."""

    is_open: bool
    may_change: bool
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a vote: a code, the vote that counts where one does, and the paper of an election."""

    code: str
    slip: Slip | None = None
    asked: Asked | None = None

    @property
    def choice(self) -> str:
        """The choice that counts, empty where none does."""
        return self.slip.choice if self.slip else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A vote on its way into the box, and who waits to hear of it."""

    slip: Slip
    future: "asyncio.Future[Outcome]"


class Committer:
    """The queue in front of the box and the thread that empties it."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.most = most
        self.queue: deque[Waiting] = deque()
        self.filled = threading.Event()
        self.thread: threading.Thread | None = None

    async def put(self, slip: Slip) -> Outcome:
        """Return what became of a vote, once that is committed.

        Raises:
            Full: too many wait already.
        """
        if len(self.queue) >= self.most:
            raise Full
        if self.thread is None:
            self.thread = threading.Thread(target=self.run, name="box", daemon=True)
            self.thread.start()
        waiting = Waiting(slip, asyncio.get_running_loop().create_future())
        self.queue.append(waiting)
        self.filled.set()
        return await asyncio.shield(waiting.future)

    def run(self) -> None:
        """Commit what waits, group after group."""
        while True:
            self.filled.wait()
            self.filled.clear()
            while self.queue:
                group = [self.queue.popleft() for _place in range(min(AT_ONCE, len(self.queue)))]
                outcomes = commit_or_tell([waiting.slip for waiting in group])
                answer_all(group, outcomes)


def answer_all(group: list[Waiting], outcomes: list[Outcome]) -> None:
    """Answer a group, with one call into each event loop that waits."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Outcome], Outcome]]] = {}
    for waiting, outcome in zip(group, outcomes, strict=True):
        loops.setdefault(waiting.future.get_loop(), []).append((waiting.future, outcome))
    for loop, answers in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(set_all, answers)


def set_all(answers: list[tuple["asyncio.Future[Outcome]", Outcome]]) -> None:
    """Give each who waits their outcome."""
    for future, outcome in answers:
        if not future.done():
            future.set_result(outcome)


def commit_or_tell(slips: list[Slip]) -> list[Outcome]:
    """Commit a group; on a server's broken connection try once more, which counts nothing twice."""
    for attempt in (1, 2) if connection.vendor == "postgresql" else (1,):
        try:
            connection.close_if_unusable_or_obsolete()
            return commit(slips)
        except Error:
            log.warning("The box could not commit %d votes, attempt %d.", len(slips), attempt, exc_info=True)
            connection.close()
        except Exception:
            log.exception("The box failed.")
            connection.close()
            break
    return [Outcome("box_away")] * len(slips)


def commit(slips: list[Slip]) -> list[Outcome]:
    """Put a group into the box in one transaction and return what became of each vote, in order."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        ballots = lock_ballots(cursor, {slip.ballot for slip in slips})
        voters = {slip.voter for slip in slips}
        entitled = dict(select(cursor, "SELECT id, ballot_id FROM voting_entitled WHERE id IN ", voters))
        held = votes_of(cursor, voters)
        before = dict(held)
        # Rows are written in one order everywhere, else two boxes wait for each other for ever.
        outcomes = [decide(slip, ballots, entitled, held) for slip in slips]
        changed = sorted(voter for voter, slip in held.items() if before.get(voter) != slip)
        lost = write(cursor, [(held[voter], voter in before) for voter in changed], ballots)
        if lost:  # Another process was faster for these voters; its votes are visible now.
            held |= votes_of(cursor, lost)
            outcomes = [
                decide(slip, ballots, entitled, held) if slip.voter in lost else outcome
                for slip, outcome in zip(slips, outcomes, strict=True)
            ]
    return outcomes


def lock_ballots(cursor: Any, keys: set[int]) -> dict[int, Box]:
    """Return how each ballot stands, held against being closed."""
    lock = " ORDER BY id FOR SHARE" if connection.vendor == "postgresql" else ""
    rows = select(
        cursor,
        "SELECT id, closed, voided, vote_may_change, method, until, form, most FROM voting_ballot WHERE id IN ",
        keys,
        after=lock,
    )
    names = names_on(cursor, {row[0] for row in rows if row[6] != Form.MOTION})
    # Only votes by name have a box, hands and papers are counted by tellers; a circulation takes votes until a moment.
    still = now()
    return {
        key: Box(
            closed is None and voided is None and method in BY_NAME and (until is None or moment(until) > still),
            bool(may_change),
            Asked(form, tuple(names[key]), most) if key in names else None,
        )
        for key, closed, voided, may_change, method, until, form, most in rows
    }


def names_on(cursor: Any, keys: set[int]) -> dict[int, list[str]]:
    """Return the names on the papers of these ballots, by number. They are frozen with the ballot."""
    names: dict[int, list[str]] = {key: [] for key in keys}
    if keys:
        sent = "SELECT ballot_id, name FROM voting_option WHERE ballot_id IN "
        for key, name in select(cursor, sent, keys, after=" ORDER BY ballot_id, number"):
            names[key].append(name)
    return names


def moment(value: Any) -> datetime:
    """Return a moment as the database gives it: SQLite as text without a zone, which is UTC."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def votes_of(cursor: Any, voters: set[int]) -> dict[int, Slip]:
    """Return the votes that these voters have in the box."""
    rows = select(cursor, "SELECT ballot_id, voter_id, choice, request FROM voting_vote WHERE voter_id IN ", voters)
    return {row[1]: Slip(*row) for row in rows}


def decide(slip: Slip, ballots: dict[int, Box], entitled: dict[int, int], held: dict[int, Slip]) -> Outcome:
    """Return what becomes of a vote, and note it among those held if it goes into the box."""
    if slip.ballot not in ballots:
        return Outcome("no_ballot")
    if entitled.get(slip.voter) != slip.ballot:
        return Outcome("not_entitled")
    there, box = held.get(slip.voter), ballots[slip.ballot]
    if there and there.request == slip.request:
        return Outcome("counted", there, box.asked)
    try:
        slip = replace(slip, choice=paper_read(slip.choice, box.asked))
    except BadPaper as bad:
        return Outcome(bad.code if box.is_open else "ballot_closed", asked=box.asked)
    if there and there.choice == slip.choice:
        return Outcome("counted", there, box.asked)
    if not box.is_open:
        return Outcome("ballot_closed")
    if there and not box.may_change:
        return Outcome("already_voted", there, box.asked)
    held[slip.voter] = slip
    return Outcome("counted", slip, box.asked)


def paper_read(text: str, asked: Asked | None) -> str:
    """Return the canonical paper of what was sent.

    Raises:
        BadPaper: it cannot be counted in this ballot.
    """
    if asked is None:
        return read(text, Form.MOTION)
    return read(text, asked.form, options=len(asked.names), most=asked.most)


def write(cursor: Any, rows: Iterable[tuple[Slip, bool]], ballots: dict[int, Box]) -> set[int]:
    """Write votes by voter; return the voters for whom another process wrote one in the meantime."""
    received = connection.ops.adapt_datetimefield_value(now())
    values = [(slip.ballot, slip.voter, slip.choice, slip.request, received) for slip, _there in rows]
    insert = "INSERT INTO voting_vote (ballot_id, voter_id, choice, request, received) "
    changing = [row for row in values if ballots[row[0]].may_change]
    final = [row for row in values if not ballots[row[0]].may_change]
    take_over = (
        " ON CONFLICT (voter_id) DO UPDATE SET choice = EXCLUDED.choice, request = EXCLUDED.request, "
        "received = EXCLUDED.received"
    )
    insert_all(cursor, insert, changing, take_over)
    put = insert_all(cursor, insert, final, " ON CONFLICT (voter_id) DO NOTHING RETURNING voter_id")
    return {row[1] for row in final} - put


def insert_all(cursor: Any, insert: str, rows: list[tuple[Any, ...]], after: str) -> set[int]:
    """Insert rows with one statement and return the voters it returns."""
    if not rows:
        return set()
    if connection.vendor == "postgresql":
        sent = "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::timestamptz[]) "
        cursor.execute(insert + sent + after, [list(column) for column in zip(*rows, strict=True)])
    else:
        sent = "VALUES " + ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
        cursor.execute(insert + sent + after, [value for row in rows for value in row])
    return {row[0] for row in cursor.fetchall()} if cursor.description else set()


def select(cursor: Any, before: str, keys: set[int], after: str = "") -> list[Any]:
    """Return the rows with these keys."""
    chosen = sorted(keys)
    cursor.execute(f"{before}({', '.join(['%s'] * len(chosen))}){after}", chosen)
    return list(cursor.fetchall())
