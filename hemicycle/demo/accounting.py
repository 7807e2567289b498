"""What a plenary hears of its earlier decisions: the account is drawn up before it, looked at, and noted."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from hemicycle.decisions.acts import draw_up_account, enter_finding, note_account
from hemicycle.decisions.models import Account, AccountLine
from hemicycle.demo.story import Scene

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary


def accounting(plenary: "Plenary", number: int, facts: dict[str, Any]) -> Iterator[Scene]:
    """Yield how the account is drawn up before the plenary, and heard by it at the item of this number."""
    hours = plenary.hours
    yield Scene(hours.days_after(-facts["days_before"], 9), partial(draw_up, plenary, number))
    yield Scene(hours.at(facts["found"]), partial(find, plenary, facts["finding"]))
    yield Scene(hours.at(facts["noted"]), partial(note, plenary))


def draw_up(plenary: "Plenary", number: int) -> None:
    """Draw up the account."""
    draw_up_account(by=plenary.desk(), meeting_id=plenary.meeting.pk, item_id=plenary.items[number].pk)


def find(plenary: "Plenary", finding: dict[str, Any]) -> None:
    """Let the plenary find something about the task of a unit."""
    line = AccountLine.objects.filter(account__meeting=plenary.meeting, unit=finding["unit"]).order_by("ordinal")[0]
    enter_finding(by=plenary.desk(), line_id=line.pk, outcome=finding["outcome"], text=finding["text"])


def note(plenary: "Plenary") -> None:
    """Let the plenary note the account."""
    note_account(by=plenary.desk(), account_id=Account.objects.get(meeting=plenary.meeting).pk)
