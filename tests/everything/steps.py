"""The steps of a full test: each is a command in its own process group, with what it printed and how it ended."""

import os
import signal
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

LONGEST = 40 * 60


@dataclass
class Outcome:
    """What came of a step: how many tests passed, failed and were not run, and what it printed."""

    name: str
    passed: int = 0
    failed: int = 0
    not_run: int = 0
    seconds: float = 0.0
    printed: list[str] = field(default_factory=list)


class Steps:
    """Runs commands one beside another, and can end all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: set[subprocess.Popen[str]] = set()

    def check(self, name: str, command: list[str], environ: dict[str, str] | None = None) -> Outcome:
        """Run a check, which holds or does not."""
        outcome = Outcome(name)
        code = self.run(outcome, command, environ or {}, live=False)
        outcome.passed, outcome.failed = (1, 0) if code == 0 else (0, 1)
        return outcome

    def pytest(self, name: str, options: list[str], environ: dict[str, str], *, live: bool) -> Outcome:
        """Run pytest and count what it reports; a run that ended without a report is a failure."""
        outcome = Outcome(name)
        report = self.folder / f"{name.replace(' ', '-')}.xml"
        code = self.run(outcome, [sys.executable, "-m", "pytest", f"--junitxml={report}", *options], environ, live=live)
        if report.is_file():
            for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  # We wrote the report ourselves.
                bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                skipped = int(suite.get("skipped", 0))
                outcome.failed += bad
                outcome.not_run += skipped
                outcome.passed += int(suite.get("tests", 0)) - bad - skipped
        if code not in (0, 5) and not outcome.failed:  # 5: no test was asked for by these options.
            outcome.printed.append(f"{name} ended with code {code} and no failed test.")
            outcome.failed = 1
        return outcome

    def run(self, outcome: Outcome, command: list[str], environ: dict[str, str], *, live: bool) -> int:
        """Run a command to its end, keeping what it prints, and showing it at once where it is live."""
        began = monotonic()
        process = subprocess.Popen(
            command,
            env={**os.environ, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.running.add(process)
        limit = threading.Timer(LONGEST, self.end, [process])
        limit.start()
        try:
            for line in process.stdout or ():
                outcome.printed.append(line.rstrip("\n"))
                if live:
                    print(line, end="", flush=True)
            return process.wait()
        finally:
            limit.cancel()
            self.running.discard(process)
            outcome.seconds = monotonic() - began

    def end(self, process: "subprocess.Popen[str]") -> None:
        """End a command and all that it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def end_all(self) -> None:
        """End whatever still runs."""
        for process in list(self.running):
            self.end(process)
