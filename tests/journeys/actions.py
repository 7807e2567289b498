"""A window whose actions are counted: every address typed, click, tick, file chosen and field filled in is one."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


@dataclass
class Hands:
    """The hands of somebody who works in a window, with what they have done so far."""

    page: Page
    done: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Type an address."""
        self.done.append(f"open {address}")
        self.page.goto(address)

    def follow(self, name: str) -> None:
        """Click a link, by its whole name."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=name, exact=True))

    def press(self, name: str) -> None:
        """Click a button, by its whole name; nothing may be refused."""
        self.click(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))
        expect(self.page.locator(".notice--error, .notice--refusal")).to_have_count(0)

    def fill(self, label: str, value: str) -> None:
        """Fill in the first field that has this whole label and is not filled in rightly before."""
        self.done.append(f"fill in {label}")
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(may be left out\))?$")).first.fill(value)

    def choose_file(self, label: str, file: Path) -> None:
        """Choose a file."""
        self.done.append(f"choose {file.name}")
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def click(self, what: Locator) -> None:
        """Click something that there is once."""
        expect(what).to_have_count(1)
        self.done.append(f"click {' '.join(what.inner_text().split())}")
        what.click()
