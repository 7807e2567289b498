"""The forms of the house as its pages show them, filled in as a person would, and sent: for the trials of bad input."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_plus

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.journal.models import Book
from hemicycle.web.tests.addresses import NOBODYS, Place, places

Fields = dict[str, str]
# Said where the page asks for a text and proposes none.
TYPED = {"date": "2026-03-24", "time": "10:00", "number": "3", "email": "new@club.example", "password": "a-long-word-9"}
# Pages of the same name show the same forms; the latest are those of what is under way.
MOST_OF_A_NAME = 4
ANYTHING = "Something plain"
# Asked of nobody's typing: tokens, and where to go on.
NOT_TYPED = {"csrfmiddlewaretoken", "next"}


@dataclass
class Reading(HTMLParser):
    """Reads the forms of a page: their addresses, and their fields with what the page proposes."""

    page: str
    forms: dict[str, Fields] = field(default_factory=dict)
    form: Fields | None = None
    chooses: str = ""
    writes: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("method", "").lower() == "post":
            self.form = self.forms.setdefault(has.get("action") or self.page, {})
        if self.form is None:
            return
        name = has.get("name", "")
        if tag == "button" and has.get("formaction"):
            self.forms.setdefault(has["formaction"], dict(self.form))
        elif tag == "input" and name and has.get("type") != "file":
            self.take_input(name, has)
        elif tag == "select" and name:
            self.chooses = name
            self.form.setdefault(name, "")
        elif tag == "option" and self.chooses and (not self.form[self.chooses] or "selected" in has):
            self.form[self.chooses] = has.get("value", "")
        elif tag == "textarea" and name:
            self.writes = name
            self.form[name] = ""

    def take_input(self, name: str, has: dict[str, str]) -> None:
        """Take a field in, with its value, or with something typed where it must have one."""
        assert self.form is not None
        kind = has.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in has or name not in self.form:
                self.form[name] = has.get("value", "on")
            return
        self.form[name] = has.get("value") or (TYPED.get(kind, ANYTHING) if "required" in has else "")

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.writes:
            self.form[self.writes] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.form is not None and self.writes:
            self.form[self.writes] = self.form[self.writes] or ANYTHING
            self.writes = ""
        elif tag == "select":
            self.chooses = ""
        elif tag == "form":
            self.form = None


def clients_of(club: Club) -> dict[str, Client]:
    """Return the browsers of those who may send something somewhere."""
    Account.objects.filter(person=club.outsider).update(is_administrator=True)
    people = {"chair": club.members[0], "secretary": club.members[1], "unit": club.members[2], "house": club.outsider}
    found = {}
    for name, person in people.items():
        found[name] = Client()
        found[name].force_login(person.account)
    return found


@dataclass(frozen=True)
class Form:
    """A form that somebody was shown, as they would send it."""

    name: str
    address: str
    client: Client
    fields: Fields


def shown_forms(clients: dict[str, Client]) -> list[Form]:
    """Return the forms that the house shows, one for each name of an address; of those never shown, an empty one."""
    by_name: dict[str, list[Place]] = {}
    for place in places():
        by_name.setdefault(place.name, []).append(place)
    known = {place.address: place for some in by_name.values() for place in some[-MOST_OF_A_NAME:]}
    found: dict[str, Form] = {}
    for client in clients.values():
        for address in known:
            if "/sign-out/" in address:
                continue
            page = client.get(address)
            if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
                continue
            reading = Reading(address)
            reading.feed(page.content.decode())
            for to, fields in reading.forms.items():
                place = known.get(to.partition("?")[0])
                if place and len(fields) >= len(found[place.name].fields if place.name in found else ()):
                    found[place.name] = Form(place.name, place.address, client, fields)
    rest = [place for place in known.values() if place.name not in found and takes_posts(clients["chair"], place)]
    return [*found.values(), *{one.name: Form(one.name, one.address, clients["chair"], {}) for one in rest}.values()]


def takes_posts(client: Client, place: Place) -> bool:
    """Say whether something can be sent to an address."""
    if "/sign-out/" in place.address:
        return False
    guessed = place.guessed if str(NOBODYS) in place.guessed else place.address
    return send(client, guessed, {}).status_code != 405


def send(client: Client, address: str, fields: Fields) -> HttpResponse:
    """Send fields as a browser does, byte for byte, half character pairs too; a failure is a page, not an exception."""
    body = "&".join(f"{quote_plus(name)}={quote_plus(value, errors='surrogatepass')}" for name, value in fields.items())
    client.raise_request_exception, kept = False, deepcopy(client.cookies)
    answer: Any = client.post(address, body, content_type="application/x-www-form-urlencoded")
    client.cookies = kept  # Some forms sign out.
    return answer


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is entered meanwhile."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def heads() -> list[tuple[int, int, str]]:
    """Return how far every book has grown."""
    return list(Book.objects.order_by("pk").values_list("pk", "head_number", "head_digest"))
