"""The desk as the secretary uses it in the browser: one button after the other, each with the hour that it happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import Locator, Page, expect


@dataclass
class Desk:
    """The window of the secretary. `reason` is why everything is entered later than it happened."""

    page: Page
    address: str
    reason: str = ""

    def press(self, button: str, at: datetime | None = None, **fields: str) -> None:
        """Do what comes next at the desk: its one button, or the page that it leads to, filled in."""
        self.page.goto(self.address)
        step = self.page.locator(".next__step")
        expect(step.locator(".button--primary")).to_have_text(button)
        if (link := step.get_by_role("link", name=button, exact=True)).count():
            link.click()
            self.enter(at, **fields)
        else:
            self.happened(step, at)
            step.get_by_role("button", name=button, exact=True).click()

    def besides(self, link: str, at: datetime | None = None, **fields: str) -> None:
        """Do what can be done besides, on its page."""
        self.page.goto(self.address)
        self.page.locator(".besides").get_by_role("link", name=link, exact=True).click()
        self.enter(at, **fields)

    def enter(self, at: datetime | None = None, **fields: str) -> None:
        """Fill in the form of a page, say when it happened, and send it."""
        form = self.page.locator("main form.form").filter(has=self.page.locator(".button--primary"))
        fill(form, fields)
        self.happened(form, at)
        form.locator("button.button--primary").click()
        expect(self.page.locator(".notice--refusal")).to_have_count(0)

    def happened(self, form: Locator, at: datetime | None) -> None:
        """State when it happened, and why it is entered only now."""
        if at is None:
            return
        form.get_by_text("It happened at another time").click()
        form.locator("[name=happened]").fill(f"{at:%Y-%m-%d}")
        form.locator("[name=happened_time]").fill(f"{at:%H:%M}")
        form.locator("[name=happened_reason]").fill(self.reason)


def fill(form: Locator, fields: Mapping[str, str]) -> None:
    """Fill in fields by their names; a tick is “on”, a choice its value or what it is called."""
    for name, value in fields.items():
        field = form.locator(f"[name='{name}']:not([type=hidden])")
        kind = field.first.evaluate("field => field.type || field.tagName")
        if kind == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            values = field.locator("option").evaluate_all("options => options.map(option => option.value)")
            field.select_option(value) if value in values else field.select_option(label=value)
        else:
            field.fill(value)
