"""How far a long work is, on the terminal."""

import sys
import time

WIDTH = 30
EVERY_SECONDS = 0.1


class Bar:
    """A line on the terminal that fills up; nothing where nobody watches."""

    def __init__(self, total: int, what: str = "pages") -> None:
        self._total, self._done, self._what = total, 0, what
        self._shown = sys.stderr.isatty() and total > 1
        self._begun = self._last = time.monotonic()

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self._done += count
        now = time.monotonic()
        if not self._shown or (now - self._last < EVERY_SECONDS and self._done < self._total):
            return
        self._last = now
        filled = min(WIDTH * self._done // self._total, WIDTH)
        rate = self._done / max(now - self._begun, 1e-9)
        left = (self._total - self._done) / rate
        shown = f"{'█' * filled}{'░' * (WIDTH - filled)} {self._done:,} of {self._total:,} {self._what}"
        print(f"\r\x1b[K{shown}, {rate:,.0f} a second, {left:,.0f} s left", end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Make room for another line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the terminal as it was found."""
        self.wipe()
