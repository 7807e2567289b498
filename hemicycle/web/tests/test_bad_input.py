"""Whatever is sent to any form of the house, the answer is a sentence and no failure, and the books stay as they were.

The forms are found in the pages and in the URL conf: a later form is covered by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from hemicycle.archive.tests import world as archived
from hemicycle.demo.club import MONDAY, Club, found_club
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import take_up_item
from hemicycle.motions.acts import table_motion
from hemicycle.publishing.tests.world import first_day
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.tests.world import at
from hemicycle.web.tests.addresses import places
from hemicycle.web.tests.sending import ANYTHING, NOT_TYPED, Form, clients_of, heads, send, shown_forms, undone
from tests.world import taken_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_unnoted")]

GARBAGE = {
    "nothing": "",
    "NUL": "a\0b",
    "half a character pair": "a\ud800b",
    "a very long text": "x" * 20_000,
    "a negative number": "-1",
    "a number out of range": "9" * 30,
    "a number of many digits": "9" * 6_000,
    "the first of all days": "0001-01-01",
    "the last of all days": "9999-12-31",
    "a moment of another zone": "2026-03-02T09:00+99:00",
    "no choice offered": "<script>alert(1)</script>",
}
# Pages on which one looks for something, by the name of the field.
SEARCHED = {
    "accounts:people": "q",
    "decisions:register": "q",
    "meetings:door": "code",
    "meetings:participants": "q",
    "search:search": "q",
}
# What every form has; tried together, and the day and the hour for themselves.
COMMON = {"happened", "happened_time", "happened_reason", "as", "once", "next", "unasked"}

# What rights.py gives an administrator without a post in the body. Everything else is refused to them.
ADMINISTRATORS = {
    f"bodies:{name}"
    for name in (
        "create_post",
        "begin_term",
        "end_term",
        "end_post",
        "found_below",
        "end_unit",
        "found_body",
        "create_head",
    )
} | {"archive:import", "archive:bulk"}


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Client]]:
    """The club in the midst of a sitting, with a vote open, and the browsers of its people.

    One for all trials here, taken back after the last: each of them takes back whatever it sends.
    """
    data = tmp_path_factory.mktemp("house")
    config = replace(settings.CONFIG, data=data)
    with (
        django_db_blocker.unblock(),
        override_settings(CONFIG=config, MEDIA_ROOT=data / "files"),
        taken_back(),
    ):
        with clock_at(MONDAY):
            clients = sitting_at_work(found_club())
        with at(60):
            yield clients


@pytest.fixture(scope="module")
def forms(house: dict[str, Client]) -> list[Form]:
    """The forms that the house shows."""
    return shown_forms(house)


def sitting_at_work(club: Club) -> dict[str, Client]:
    """Bring a sitting into the midst of its work; return the browsers of the club's people."""
    meeting = first_day(club)
    regatta = meeting.items.get(ordinal=2)
    with at(50):
        take_up_item(by=club.chair, item_id=regatta.pk)
        motions = [
            table_motion(by=club.chair, item_id=regatta.pk, title=title, points=[("So.", True)]) for title in "AB"
        ]
        open_ballot(by=club.chair, motion_id=motions[0].pk)
    with at(55):
        archived.read(club)
        archived.accepted(archived.read(club, archived.DAILY, "courier.txt"))
    return clients_of(club)


def wrong_with(form: Form, fields: dict[str, str], typed: str) -> str:
    """Send a form; return what is wrong with the answer, or nothing."""
    before = heads()
    answer = send(form.client, form.address, fields)
    page = answer.content.decode() if not answer.streaming else ""
    if answer.status_code >= 500:
        return f"failed with {answer.status_code}"
    if answer.status_code < 400:
        return ""
    if heads() != before:
        return f"a book grew though it answered {answer.status_code}"
    text = re.sub(r"<[^>]*>", " ", page)
    if not re.search(r"[A-Z“][^.?!]{8,}[.?!]", text):
        return f"{answer.status_code} without a sentence"
    if typed and answer.status_code in {409, 422} and typed not in page:
        return f"{answer.status_code} and what was typed is gone"
    return ""


def test_no_form_fails_by_what_is_sent(forms: list[Form]) -> None:
    """Each database tries other halves: what one leaves out the other sends, and the long trial sends all."""
    assert not list(faults(forms, every=2, first=connection.vendor == "postgresql"))


@pytest.mark.long
def test_no_form_fails_by_any_garbage_in_any_field(forms: list[Form]) -> None:
    assert not list(faults(forms, every=1))


def faults(forms: list[Form], every: int, first: int = 0) -> Iterator[str]:
    """Send garbage to every form, one kind in `every`, from the `first` on, and another one for each form.

    It is sent in all the form's own fields at once; and, of these kinds again one in four where not all are sent, in
    each field alone, in the day or hour, and in what every form has.
    """
    seldom = every if every == 1 else every * 4
    for place, form in enumerate(forms):
        own = sorted(set(form.fields) - NOT_TYPED - COMMON)
        for number, (garbage, said) in enumerate(GARBAGE.items()):
            when = [["happened"]] if "day" in garbage else [["happened_time"]] if "zone" in garbage else []
            more = [*([name] for name in own), *when, sorted(COMMON)]
            turn = place + number + first
            taken = [names for at, names in enumerate(more, turn) if at % seldom == 0]
            for names in ([own] if own and turn % every == 0 else []) + taken:
                with undone():
                    fault = sent_with(form, names, said)
                if fault:
                    yield f"{form.name}, {garbage} as {names}: {fault}"


def sent_with(form: Form, names: list[str], said: str) -> str:
    """Send a form with garbage in these fields; return what is wrong with the answer, or nothing.

    A field of plain text beside it shows whether what was typed comes back; who damages what nobody types (how many
    points a form has) may lose it.
    """
    fields = {**form.fields, **dict.fromkeys(names, said)}
    plain = (one for one, text in form.fields.items() if text == ANYTHING and one not in names)
    kept = "" if names[0].endswith("_FORMS") else next(plain, "")
    if kept:
        fields[kept] = "Kept for me"
    return wrong_with(form, fields, "Kept for me" if kept else "")


def test_no_search_fails_by_what_is_looked_for(house: dict[str, Client]) -> None:
    asked = [place for place in places() if place.name in SEARCHED]
    assert {place.name for place in asked} == SEARCHED.keys()
    for place in asked:
        for said in GARBAGE.values():
            sought = quote_plus(said, errors="surrogatepass")
            answer = house["secretary"].get(f"{place.address}?{SEARCHED[place.name]}={sought}")
            assert answer.status_code == 200, (place.address, said[:20])


def test_a_form_sent_twice_names_the_entry_it_made(forms: list[Form]) -> None:
    twice, wrong = 0, []
    found = {form.name for form in forms if form.fields}
    rooms = {name.partition(":")[0] for name in found}
    assert {"meetings", "motions", "voting", "decisions", "publishing", "accounts", "archive"} <= rooms
    assert len(found) > 25
    for form in forms:
        if "once" not in form.fields:
            continue
        with undone():
            before = heads()
            first = send(form.client, form.address, form.fields)
            grown = heads()
            if first.status_code != 302 or grown == before:
                continue
            again = send(form.client, form.address, form.fields)
            twice += 1
            if heads() != grown:
                wrong.append(f"{form.name}: entered twice")
            if again.status_code not in {404, 409, 422}:
                wrong.append(f"{form.name}: answered {again.status_code}")
            elif again.status_code == 409 and not re.search(r"[Nn]othing was|already|not", again.content.decode()):
                wrong.append(f"{form.name}: does not say so")
    assert not wrong, "\n".join(wrong)
    assert twice > 8


def test_who_holds_no_post_can_send_nothing(house: dict[str, Client], forms: list[Form]) -> None:
    stranger, wrong = Client(), []
    for client, states in ((stranger, {302, 403, 404}), (house["house"], {302, 403, 404, 422, 409, 200})):
        for form in forms:
            if form.name.startswith(("account_", "accounts:", "web:")):
                continue
            if client is not stranger and form.name in ADMINISTRATORS:
                continue
            # Programs come with a key, and not as somebody who is signed in.
            wanted = {401} if form.name.startswith("archive_api:") else states
            with undone():
                before = heads()
                answer = send(client, form.address, form.fields)
                if heads() != before or answer.status_code not in wanted:
                    wrong.append(f"{form.name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
