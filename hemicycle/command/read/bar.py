"""How far the reading is, on the terminal."""

import sys
import time

WIDTH = 30
EVERY_SECONDS = 0.1


class Bar:
    """A line on the terminal that fills up; nothing where nobody watches."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = sys.stderr.isatty() and total > 1
        self._begun = self._last = time.monotonic()

    def step(self) -> None:
        """One page more is done."""
        self._done += 1
        now = time.monotonic()
        if not self._shown or (now - self._last < EVERY_SECONDS and self._done < self._total):
            return
        self._last = now
        filled = WIDTH * self._done // self._total
        rate = self._done / max(now - self._begun, 1e-9)
        left = (self._total - self._done) / rate
        shown = f"{'█' * filled}{'░' * (WIDTH - filled)} {self._done:,} of {self._total:,} pages, {rate:,.0f} a second"
        print(f"\r\x1b[K{shown}, {left:,.0f} s left", end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Make room for another line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the terminal as it was found."""
        self.wipe()
