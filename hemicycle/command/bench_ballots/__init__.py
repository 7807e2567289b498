"""`bench ballots`: votes a second through the real door, against what this machine allows, in one run.

It makes its own folder, database, server and phones, and takes them away again. One JSON object a line and database:
SQLite, and PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one.

`votes_per_s`, `p50_ms` and `p99_ms`: all voters vote by name on so many connections (`--concurrency`); timed from the
vote sent to its answer, which comes after the commit. `burst_ms`: every voter connects and votes at one moment, until
the last of them is answered. `bare_votes_per_s` is the lower of two limits: rows of the same shape written by the same
driver in durable transactions of as many rows as there are connections (`rows_per_s`), and a bare ASGI endpoint behind
the same server that reads the same votes and answers the same bytes (`answers_per_s`). `close_ms`: to close, count and
declare a ballot in which all have voted, in one process; `close_ms_after_20_ballots` the same after twenty of them.
"""

import argparse
import json
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.bench_place import free_port, once, own_place, started, takes_json, tell_each

HERE = "hemicycle.command.bench_ballots"
MOST_CONNECTIONS = 20_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench ballots` may be asked."""
    takes_json(parser)
    parser.add_argument("--voters", type=int, default=5000, metavar="N", help="how many voters (default: 5000)")
    parser.add_argument(
        "--concurrency", type=int, default=1000, metavar="C", help="how many connections vote at once (default: 1000)"
    )


def run(args: argparse.Namespace) -> int:
    """Measure on each database that is there."""
    if not 9 <= args.voters <= MOST_CONNECTIONS or not 1 <= args.concurrency <= MOST_CONNECTIONS:
        raise Stop(f"A bench has from 9 to {MOST_CONNECTIONS} voters, and from 1 to as many connections.", 2)
    at_once = min(args.concurrency, args.voters)
    return tell_each(args, lambda name, url: measure(name, url, args.voters, at_once), sentence)


def sentence(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{found['database']}: {found['votes_per_s']:,} votes a second on {found['concurrency']} connections, half of "
        f"them within {found['p50_ms']} ms, 99 of 100 within {found['p99_ms']} ms; this machine allows "
        f"{found['bare_votes_per_s']:,} (ratio {found['ratio']}). {found['voters']:,} at once: the last after "
        f"{found['burst_ms']} ms. Closed, counted and declared in {found['close_ms']} ms, after twenty ballots in "
        f"{found['close_ms_after_20_ballots']} ms."
    )


def measure(name: str, url: str, voters: int, concurrency: int) -> dict[str, Any]:
    """Measure the house, then what the machine allows, on one database."""
    with own_place(url) as environ:
        once(environ, f"{HERE}.world", "found", str(voters))
        house = environ | {"PORT": str(free_port())}
        with started(house, "hemicycle.command.server"):
            flow, last = voted(house, concurrency), voted(house, voters)
        bare = environ | {"PORT": str(free_port()), "BENCH_ANSWER": flow["answer"]}
        with started(bare, f"{HERE}.bare"):
            answers = json.loads(once(bare, f"{HERE}.phones", str(concurrency)))
        rows = json.loads(once(environ, f"{HERE}.world", "rows", str(concurrency)))
        closed = json.loads(once(environ, f"{HERE}.world", "closings"))
    if flow["counted"] != voters or last["counted"] != voters:
        raise Stop(f"Of {voters} votes, {flow['counted']} and {last['counted']} were counted.")
    if answers["answered"] != voters:
        raise Stop(f"Of {voters} votes, the bare endpoint answered {answers['answered']}.")
    allowed = min(rows["rows_per_s"], answers["votes_per_s"])
    return {
        "bench": "ballots",
        "database": name,
        "voters": voters,
        "concurrency": concurrency,
        "votes_per_s": flow["votes_per_s"],
        "p50_ms": flow["p50_ms"],
        "p99_ms": flow["p99_ms"],
        "bare_votes_per_s": allowed,
        "ratio": round(flow["votes_per_s"] / allowed, 2),
        "rows_per_s": rows["rows_per_s"],
        "answers_per_s": answers["votes_per_s"],
        "burst_ms": last["all_ms"],
        **closed,
    }


def voted(environ: dict[str, str], connections: int) -> dict[str, Any]:
    """Open a ballot, let everybody vote on so many connections, close it, and return what the phones say."""
    once(environ, f"{HERE}.world", "open")
    told: dict[str, Any] = json.loads(once(environ, f"{HERE}.phones", str(connections)))
    once(environ, f"{HERE}.world", "close")
    return told
