"""Finding a Chromium for the browser tests: the machine's own, else Playwright's, else Debian's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# First the shell without windows: the same engine at well under half of the processor time (docs/decisions, 21).
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class NoChromium(Exception):
    """There is no Chromium to be had; the sentence tells what was tried."""


def chromium_here() -> str | None:
    """Return the Chromium that is on this machine already."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for place in (*MAC, playwrights_own()):
        if Path(place).is_file():
            return place
    return None


def playwrights_own() -> str:
    """Return where Playwright would keep its own Chromium."""
    asked = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "/nowhere"


def chromium_or_install() -> str:
    """Return a Chromium, installing one where there is none.

    Raises:
        NoChromium: none could be installed.
    """
    if found := os.environ.get("HEMICYCLE_CHROMIUM") or chromium_here():
        return found
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with_parts = ["--with-deps"] if root and shutil.which("apt-get") else []
    ways = [[sys.executable, "-m", "playwright", "install", *with_parts, "chromium"]]
    if root and shutil.which("apt-get"):
        ways += [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]]
    for way in ways:
        print(f"Chromium: {' '.join(way)} …", flush=True)
        subprocess.run(way, check=False, stdin=subprocess.DEVNULL)
        if found := chromium_here():
            return found
    raise NoChromium(
        "There is no Chromium, and none could be installed. Install it (Debian: sudo apt-get install chromium), "
        "or name one with HEMICYCLE_CHROMIUM; bin/test --quick does without."
    )


def options() -> list[str]:
    """Return how Chromium is started for tests: few renderers, and no sandbox where root may have none."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--renderer-process-limit=2", "--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
