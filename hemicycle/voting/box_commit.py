"""Puts votes into the box in groups: one thread per process, one transaction for all that wait.

The ballots of a group are locked against being closed (FOR SHARE on PostgreSQL, the gate on SQLite) and looked at
under the lock. So a vote that was answered is counted, and none comes after the count.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import Error, connection, transaction

from hemicycle.journal.clock import now
from hemicycle.voting.models import IN_THE_BOX
from hemicycle.voting.papers import BadPaper, Form, read
from hemicycle.voting.sealing import length_of, seal

MOST_WAITING = 8_000
AT_ONCE = 1_000
# How many tokens of earlier votes of a voter are remembered.
EARLIER = 20

log = logging.getLogger(__name__)


class Full(Exception):
    """So many votes wait that no further one is taken now."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A vote as it came: the ballot, the voter's key on its list, the paper, and the token of the request.

    `code` is the voter's own, for a secret vote; `issue` says which of the voter's cards it came on. `earlier` are the
    tokens of votes that it took the place of.
    """

    ballot: int
    voter: int
    choice: str
    request: str
    code: str = ""
    issue: int = 0
    earlier: str = ""


class Asked(NamedTuple):
    """What a paper of an election may say: its form, the names on it by number, and how many may be named."""

    form: str
    names: tuple[str, ...]
    most: int


class Box(NamedTuple):
    """A ballot as the box finds it under the lock; `asked` is None where it is for, against or abstain.

    `key` is the public key of a secret vote, empty where votes go by name.
    """

    is_open: bool
    may_change: bool
    asked: Asked | None = None
    key: str = ""

    def tells(self, code: str, slip: Slip) -> "Outcome":
        """Return what became of a vote where one counts."""
        return Outcome(code, slip, self.asked, secret=bool(self.key))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a vote: a code, the vote that counts where one does, and the paper of an election."""

    code: str
    slip: Slip | None = None
    asked: Asked | None = None
    secret: bool = False

    @property
    def choice(self) -> str:
        """The choice that counts, empty where none does; of a secret vote nobody is told."""
        return self.slip.choice if self.slip and not self.secret else ""

    @property
    def tracking(self) -> str:
        """The code of a secret vote that went into the box now."""
        return self.slip.code if self.slip and self.secret else ""


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
        if not self.filled.is_set():
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


def commit(slips: list[Slip], asks: Callable[[], None] | None = None) -> list[Outcome]:
    """Put a group into the box in one transaction and return what became of each vote, in order.

    `asks` is asked first, in the same transaction: where it refuses, nothing is put in.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if asks is not None:
            asks()
        boxes = lock_ballots(cursor, {slip.ballot for slip in slips})
        voters = {slip.voter for slip in slips}
        entitled = entitled_among(cursor, voters)
        held = votes_of(cursor, voters, boxes)
        before = dict(held)
        # Rows are written in one order everywhere, else two boxes wait for each other for ever.
        outcomes = [decide(slip, boxes, entitled, held) for slip in slips]
        changed = sorted(voter for voter, slip in held.items() if before.get(voter) != slip)
        lost = write(cursor, [held[voter] for voter in changed], boxes)
        if lost:  # Another process was faster for these voters; its votes are visible now.
            held |= votes_of(cursor, lost, boxes)
            outcomes = [
                decide(slip, boxes, entitled, held) if slip.voter in lost else outcome
                for slip, outcome in zip(slips, outcomes, strict=True)
            ]
    return outcomes


def lock_ballots(cursor: Any, keys: set[int]) -> dict[int, Box]:
    """Return how each ballot stands, held against being closed."""
    lock = " ORDER BY id FOR SHARE" if connection.vendor == "postgresql" else ""
    rows = select(
        cursor,
        "SELECT id, closed, voided, vote_may_change, method, until, form, most, box_key "
        "FROM voting_ballot WHERE id IN ",
        keys,
        after=lock,
    )
    names = names_on(cursor, {row[0] for row in rows if row[6] != Form.MOTION})
    # Hands and papers have no box, they are counted by tellers; a circulation takes votes until a moment.
    still = now()
    return {
        key: Box(
            closed is None and voided is None and method in IN_THE_BOX and (until is None or moment(until) > still),
            bool(may_change),
            Asked(form, tuple(names[key]), most) if key in names else None,
            box_key,
        )
        for key, closed, voided, may_change, method, until, form, most, box_key in rows
    }


def entitled_among(cursor: Any, voters: set[int]) -> dict[int, tuple[int, int]]:
    """Return of each voter on a list its ballot, and which of their cards is good: −1 where a paper was issued."""
    rows = select(
        cursor,
        "SELECT e.id, e.ballot_id, COUNT(s.id), MAX(s.instead) FROM voting_entitled e "
        "LEFT JOIN voting_struckcard s ON s.voter_id = e.id WHERE e.id IN ",
        voters,
        after=" GROUP BY e.id, e.ballot_id",
    )
    return {voter: (ballot, -1 if instead == "paper" else struck) for voter, ballot, struck, instead in rows}


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


def votes_of(cursor: Any, voters: set[int], boxes: dict[int, Box]) -> dict[int, Slip]:
    """Return the votes that these voters have in the box; how a secret one was cast nobody reads here."""
    by_name = "SELECT ballot_id, voter_id, choice, request, '', 0, earlier FROM voting_vote WHERE voter_id IN "
    sealed = "SELECT ballot_id, voter_id, '', request, '', 0, earlier FROM voting_sealedvote WHERE voter_id IN "
    rows = select(cursor, by_name, voters) if not all(box.key for box in boxes.values()) else []
    rows += select(cursor, sealed, voters) if any(box.key for box in boxes.values()) else []
    return {row[1]: Slip(*row) for row in rows}


def decide(slip: Slip, boxes: dict[int, Box], entitled: dict[int, tuple[int, int]], held: dict[int, Slip]) -> Outcome:
    """Return what becomes of a vote, and note it among those held if it goes into the box."""
    if slip.ballot not in boxes:
        return Outcome("no_ballot")
    of_ballot, issue = entitled.get(slip.voter, (0, 0))
    if of_ballot != slip.ballot:
        return Outcome("not_entitled")
    there, box = held.get(slip.voter), boxes[slip.ballot]
    over = "box_opened" if box.key else "ballot_closed"
    if there and slip.request in {there.request, *there.earlier.split()}:
        return box.tells("counted", there)
    try:
        slip = replace(slip, choice=paper_read(slip.choice, box.asked))
    except BadPaper as bad:
        return Outcome(bad.code if box.is_open else over, asked=box.asked)
    if there and there.choice == slip.choice and not box.key:
        return box.tells("counted", there)
    if not box.is_open:
        return Outcome(over)
    return put_in(slip, there, box, issue, held)


def put_in(slip: Slip, there: Slip | None, box: Box, issue: int, held: dict[int, Slip]) -> Outcome:
    """Note a vote among those held in an open box, if it comes on the good card and may take another's place."""
    if slip.issue != issue:
        return Outcome("card_struck")
    if box.key and not slip.code:
        return Outcome("no_code")
    if there and not box.may_change:
        return box.tells("already_voted", there)
    replaced = f"{there.request} {there.earlier}".split()[:EARLIER] if there else []
    held[slip.voter] = replace(slip, earlier=" ".join(replaced))
    return box.tells("counted", held[slip.voter])


def paper_read(text: str, asked: Asked | None) -> str:
    """Return the canonical paper of what was sent.

    Raises:
        BadPaper: it cannot be counted in this ballot.
    """
    if asked is None:
        return read(text, Form.MOTION)
    return read(text, asked.form, options=len(asked.names), most=asked.most)


def write(cursor: Any, slips: Iterable[Slip], boxes: dict[int, Box]) -> set[int]:
    """Write votes by voter; return the voters for whom another process wrote one in the meantime."""
    by_ballot: dict[int, list[Slip]] = {}
    for slip in slips:
        by_ballot.setdefault(slip.ballot, []).append(slip)
    lost: set[int] = set()
    for ballot, some in sorted(by_ballot.items()):
        box = boxes[ballot]
        put = insert_all(cursor, SEALED if box.key else NAMED, rows_of(some, box), changing=box.may_change)
        lost |= set() if box.may_change else {slip.voter for slip in some} - put
    return lost


def rows_of(slips: list[Slip], box: Box) -> list[tuple[Any, ...]]:
    """Return the rows of one ballot's votes. Secret ones are sealed before anything of them leaves the process."""
    if box.key:
        length = length_of(len(box.asked.names) if box.asked else 0)
        sealed = seal(box.key, [(slip.code, slip.choice) for slip in slips], length)
        return [
            (slip.ballot, slip.voter, slip.request, slip.earlier, row) for slip, row in zip(slips, sealed, strict=True)
        ]
    received = connection.ops.adapt_datetimefield_value(now())
    return [(slip.ballot, slip.voter, slip.request, slip.earlier, slip.choice, received) for slip in slips]


@dataclass(frozen=True)
class Table:
    """A table of votes: its name and columns, the key of the ballot first and that of the voter second."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


NAMED = Table(
    "voting_vote",
    ("ballot_id", "voter_id", "request", "earlier", "choice", "received"),
    ("bigint", "bigint", "text", "text", "text", "timestamptz"),
)
SEALED = Table(
    "voting_sealedvote",
    ("ballot_id", "voter_id", "request", "earlier", "sealed"),
    ("bigint", "bigint", "text", "text", "bytea"),
)


def insert_all(cursor: Any, table: Table, rows: list[tuple[Any, ...]], *, changing: bool) -> set[int]:
    """Insert rows with one statement; return the voters whose row was new, where a vote is not changed."""
    columns = ", ".join(table.columns)
    insert = f"INSERT INTO {table.name} ({columns}) "
    if changing:
        taken_over = ", ".join(f"{name} = EXCLUDED.{name}" for name in table.columns[2:])
        after = f" ON CONFLICT (voter_id) DO UPDATE SET {taken_over}"
    else:
        after = " ON CONFLICT (voter_id) DO NOTHING RETURNING voter_id"
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in table.types)
        sent = f"SELECT * FROM unnest({arrays})"  # noqa: S608  # Our own names.
        cursor.execute(insert + sent + after, [list(column) for column in zip(*rows, strict=True)])
    else:
        places = f"({', '.join(['%s'] * len(table.columns))})"
        sent = "VALUES " + ", ".join([places] * len(rows))
        cursor.execute(insert + sent + after, [value for row in rows for value in row])
    return {row[0] for row in cursor.fetchall()} if cursor.description else set()


def select(cursor: Any, before: str, keys: set[int], after: str = "") -> list[Any]:
    """Return the rows with these keys."""
    chosen = sorted(keys)
    cursor.execute(f"{before}({', '.join(['%s'] * len(chosen))}){after}", chosen)
    return list(cursor.fetchall())
