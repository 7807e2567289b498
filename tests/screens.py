"""Take pictures of the faces and pages of a running demo, to look at: python -m tests.screens http://127.0.0.1:8000

They go into screenshots/, on a phone, a laptop and a hall screen, light and dark; docs/ may take some of them.
"""

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.everything.chromium import chromium_or_install

PLACE = Path(__file__).resolve().parents[1] / "screenshots"
SIZES = {"phone": (390, 844), "laptop": (1366, 768), "hall": (1920, 1080)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Who looks at what, on which screens. {meeting} is the meeting in progress.
VIEWS = [
    ("start", "", "/en/", ("phone", "laptop")),
    ("patterns", "", "/en/patterns/", ("phone", "laptop")),
    ("meeting", "", "{meeting}", ("phone", "laptop")),
    ("missing", "", "/en/no-such-page/", ("phone", "laptop")),
    ("desk", "chair", "{meeting}desk/", ("phone", "laptop")),
    ("floor", "delegate", "{meeting}floor/", ("phone", "laptop")),
    ("observer", "observer", "{meeting}floor/", ("phone",)),
    ("screen", "delegate", "{meeting}screen/", ("laptop", "hall")),
    ("decisions", "", "/en/decisions/", ("phone", "laptop")),
]


def main(address: str) -> None:
    """Take every picture."""
    PLACE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_or_install(), args=FLAGS)
        for part in sorted({part for _name, part, _path, _sizes in VIEWS}):
            look_as(chromium, address, part)
        chromium.close()


def look_as(chromium: Browser, address: str, part: str) -> None:
    """Take the pictures that one part of the demo takes, signed in once."""
    visitor = chromium.new_context(base_url=address, reduced_motion="reduce")
    page = visitor.new_page()
    if part:
        page.goto("/en/demo/")
        page.locator("form", has=page.locator(f"[name=part][value={part}]")).get_by_role("button").click()
    page.goto("/en/")
    sitting = page.locator(".card--now .card__title a, #coming + ul a").first.get_attribute("href") or ""
    for name, who, path, sizes in VIEWS:
        if who == part:
            take(page, name, path.format(meeting=sitting), sizes)
    visitor.close()


def take(page: Page, name: str, path: str, sizes: tuple[str, ...]) -> None:
    """Take the pictures of one page; the hall screen and a phone's own part as they stand, others whole."""
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(path)
            page.wait_for_timeout(400)  # Long enough for a page that follows to have connected.
            file = PLACE / f"{name}-{size}-{scheme}.png"
            page.screenshot(path=file, full_page=name not in {"screen", "floor", "observer"})
            sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
