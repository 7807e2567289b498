"""What bin/test does: checks, then SQLite and PostgreSQL side by side: on each all tests, then the browser."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

from tests import real_input
from tests.everything.chromium import NoChromium, chromium_or_install
from tests.everything.steps import Outcome, Steps
from tests.postgres import NoPostgres, postgres_for_tests

HOUSE = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
# Where all tests are that need a browser (held by tests/architecture/test_repository.py).
JOURNEYS = ("tests/journeys",)
# What knows no database is tested once.
NO_DATABASE = (
    "hemicycle/reader",
    "hemicycle/voting/methods",
    "tests/architecture",
    # The benches name their own database; the others need none.
    *(
        f"hemicycle/command/tests/test_bench_{name}.py"
        for name in ("acts", "arrivals", "ballots", "count", "read", "search")
    ),
    *(f"hemicycle/command/tests/test_{name}.py" for name in ("count", "read", "read_extractor")),
    # How pages look and what they are made of; that each answers is tried on both databases, by hemicycle/web/tests.
    "tests/journeys/test_every_page.py",
)


def main() -> int:
    """Run what was asked for and end with one plain line."""
    asked = read_arguments()
    os.chdir(HOUSE)
    os.environ["DJANGO_SETTINGS_MODULE"] = "hemicycle.ground.settings"
    os.environ.pop("DATABASE_URL", None)
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGHUP, interrupted)
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-tests-"))
    os.environ["HEMICYCLE_DATA"] = str(folder / "checks")
    os.environ["HEMICYCLE_CLEAN_PAGES"] = str(folder / "clean")
    steps = Steps(folder)
    try:
        outcomes = missing_input()
        if not outcomes or os.environ.get("CI") != "true":
            outcomes += run(asked, steps, folder)
    except (NoPostgres, NoChromium) as error:
        print(f"\n{error}\n\n0 passed, 1 failed", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before the end.", flush=True)
        return 130
    finally:
        steps.end_all()
        shutil.rmtree(folder, ignore_errors=True)
    return tell(outcomes)


def interrupted(_number: int, _frame: object) -> NoReturn:
    """Stop as Ctrl-C does, so that servers are stopped and folders removed."""
    raise KeyboardInterrupt


def read_arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="bin/test", description="Tests everything, on both databases.")
    parser.add_argument("-k", metavar="WORD", help="only the tests whose names hold this word; no linters")
    parser.add_argument("--quick", action="store_true", help="on SQLite only, without the browser")
    parser.add_argument("--full", action="store_true", help="with the long trials")
    parser.add_argument("paths", nargs="*", help="only the tests in these files or folders; no linters")
    return parser.parse_args()


def missing_input() -> list[Outcome]:
    """Say NOT RUN for what needs real input that is not here; in CI it is a failure."""
    missing = real_input.missing()
    print(*missing.values(), sep="\n", end="\n" if missing else "", flush=True)
    if os.environ.get("CI") == "true":
        return [Outcome(real_input.REAL_INPUT[name], failed=1) for name in missing]
    return []


def run(asked: argparse.Namespace, steps: Steps, folder: Path) -> list[Outcome]:
    """Run the steps that were asked for, two at a time where they do not disturb each other."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(2))
        stack.callback(steps.end_all)
        outcomes = [] if asked.k or asked.paths else checks(steps, pool)
        on_sqlite, on_postgres = settings_for(folder / "sqlite"), {}
        if not asked.quick:
            os.environ["HEMICYCLE_CHROMIUM"] = chromium_or_install()
            on_postgres = settings_for(folder / "postgres", stack.enter_context(postgres_for_tests()))
        beside = on_postgres and pool.submit(on_one, steps, asked, "PostgreSQL", on_postgres, live=False)
        outcomes += on_one(steps, asked, "SQLite", on_sqlite, live=True)
        if beside:
            outcomes += [shown(outcome) for outcome in beside.result()]
    return outcomes


def on_one(
    steps: Steps, asked: argparse.Namespace, database: str, environ: dict[str, str], *, live: bool
) -> list[Outcome]:
    """Run the tests on one database, and then those in the browser, where they are asked for."""
    without = NO_DATABASE if "DATABASE_URL" in environ else ()
    outcomes = [pytest(steps, database, asked, "not browser", environ, live=live, without=without)]
    if not asked.quick:
        name = f"browser on {database}"
        outcomes.append(pytest(steps, name, asked, "browser", environ, live=live, without=without))
    return outcomes


def checks(steps: Steps, pool: ThreadPoolExecutor) -> list[Outcome]:
    """Run the linters, the types, the import contracts and the check that no migration is missing."""
    wanted = {
        "ruff check": [str(TOOLS / "ruff"), "check", "."],
        "ruff format": [str(TOOLS / "ruff"), "format", "--check", "."],
        "mypy --strict": [str(TOOLS / "mypy")],
        "import contracts": [str(TOOLS / "lint-imports"), "--no-cache"],
        "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    }
    print("Checks:", flush=True)
    outcomes = []
    for outcome in pool.map(lambda name: steps.check(name, wanted[name]), wanted):
        print(f"  {outcome.name}: {'holds' if outcome.passed else 'FAILED'} ({outcome.seconds:.0f} s)", flush=True)
        if outcome.failed:
            print("\n".join(f"    {line}" for line in outcome.printed), flush=True)
        outcomes.append(outcome)
    return outcomes


def settings_for(data: Path, url: str = "") -> dict[str, str]:
    """Return the environment of tests on one database."""
    data.mkdir(parents=True)
    return {"HEMICYCLE_DATA": str(data), **({"DATABASE_URL": url} if url else {})}


def pytest(
    steps: Steps,
    name: str,
    asked: argparse.Namespace,
    kind: str,
    environ: dict[str, str],
    *,
    live: bool,
    without: Sequence[str] = (),
) -> Outcome:
    """Run pytest for one database and kind of test, without some folders."""
    if live:
        print(f"\nTests, {name}:", flush=True)
    options = ["-m", kind if asked.full else f"{kind} and not long", "-rfEs"]
    options += ["-k", asked.k] if asked.k else []
    options += [f"--ignore={one}" for one in without]
    paths = asked.paths or (JOURNEYS if kind == "browser" else ())
    return steps.pytest(name, [*options, *paths], environ, live=live)


def shown(outcome: Outcome) -> Outcome:
    """Print what a step printed while another was shown."""
    print(f"\nTests, {outcome.name}:", *outcome.printed, sep="\n", flush=True)
    return outcome


def tell(outcomes: list[Outcome]) -> int:
    """Print how each step ended and, last, one line with the sums; return the code of the whole."""
    print()
    for outcome in outcomes:
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {outcome.not_run} not run"
        print(f"{outcome.name}: {counts} ({outcome.seconds:.0f} s)")
    passed, failed = sum(outcome.passed for outcome in outcomes), sum(outcome.failed for outcome in outcomes)
    not_run = sum(outcome.not_run for outcome in outcomes)
    if not passed and not failed:
        print("No test has this name.")
    print(f"{passed} passed, {failed} failed" + (f", {not_run} not run" if not_run else ""), flush=True)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
