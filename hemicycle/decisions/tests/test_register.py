"""The register: what is looked for is found, as far as its reader may see it, on the page and in the file alike."""

import csv
import io
import json
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.decisions.acts import Changing, certify_decision
from hemicycle.decisions.force.reading import in_state, stood_on
from hemicycle.decisions.force.rules import IN_FORCE, STATES
from hemicycle.decisions.models import Change, Decision
from hemicycle.decisions.queries import decisions_for
from hemicycle.decisions.tests.test_changes import WEEK, carried, decide
from hemicycle.decisions.tests.world import decided, issued
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, Floor, at, floor_of

REGISTER, FILE = reverse("decisions:register_of", args=["general-meeting"]), "decisions:register_csv_of"
DAYS = [DAY + timedelta(days=number) for number in range(-1, 12)]


def titles(client: Client, **query: object) -> list[str]:
    """Return what a page of the register lists."""
    answer = client.get(REGISTER, query)
    assert answer.status_code == 200
    return [one.decision.title for one in answer.context["rows"]]


def rows(client: Client, **query: object) -> list[dict[str, str]]:
    answer = client.get(reverse(FILE, args=["general-meeting"]), query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def some_decisions(floor: Floor, seed: int) -> None:
    """Take decisions, some of them closed, with days of all sorts, that change one another as far as they can."""
    random = Random(seed)  # noqa: S311  # It makes up a history, and no secret.
    results = [carried(floor, f"Open {number}") for number in range(4)]
    results += [carried(floor, f"Closed {number}", access=Access.BODY) for number in range(2)]
    random.shuffle(results)
    for result in results:
        effective = DAY + timedelta(days=random.randint(0, 6))
        expires = random.choice([None, None, effective + timedelta(days=random.randint(0, 4))])
        earlier = random.sample(range(1, Decision.objects.count() + 1), min(2, Decision.objects.count()))
        changes = [Changing(random.choice(["amends", "supersedes", "repeals"]), number) for number in earlier]
        with at(40):
            for tried in (changes, changes[:1], []):
                # What has ended by then, or is more closed, is not changed.
                with suppress(Refused):
                    certify_decision(
                        by=floor.club.chair, result_id=result.pk, effective=effective, expires=expires, changes=tried
                    )
                    break


@pytest.mark.parametrize("seed", range(4))
def test_what_a_viewer_sees_in_the_register_is_what_opens_and_its_state_is_that_of_the_page(
    club: Club, seed: int
) -> None:
    some_decisions(floor_of(club), seed)
    assert Change.objects.exists()
    for client, may in ((Client(), "Open"), (as_person(club.members[5]), ""), (as_person(club.outsider), "Open")):
        found = titles(client)
        assert sorted(found) == sorted(Decision.objects.filter(title__startswith=may).values_list("title", flat=True))
        for one in Decision.objects.all():
            answer = client.get(reverse("decisions:decision", args=["general-meeting", one.number]))
            assert answer.status_code == (200 if one.title in found else 404)
        for day in DAYS[::4]:
            listed = rows(client, on=day)
            assert [row["title"] for row in listed] == titles(client, on=day)
            for row in listed:
                assert client.get(row["address"], {"on": day}).context["stood"].force.state == row["state"]
                named = f"{row['changes']} {row['changed_by']}".replace("general-meeting/", "")
                told = {int(word) for word in named.replace(";", "").split() if word.isdigit()}
                assert told <= {int(other["number"]) for other in listed}
            assert not any("Closed" in row["title"] for row in listed) or not may


@pytest.mark.parametrize("seed", range(4))
def test_the_state_that_is_looked_for_is_the_state_that_is_told(club: Club, seed: int) -> None:
    some_decisions(floor_of(club), 100 + seed)
    member = Viewer(person=1, organisation=True, bodies=frozenset({club.body.book_id}))
    for viewer in (PUBLIC, member):
        seen = list(decisions_for(viewer))
        for day in DAYS:
            told = {one.decision.pk: one.force for one in stood_on(viewer, seen, day)}
            for state in STATES:
                asked = {one.pk for one in in_state(viewer, decisions_for(viewer), state, day)}
                assert asked == {
                    key for key, force in told.items() if force.state == state or (state == IN_FORCE and force.holds)
                }
            assert sum(Counter(force.state for force in told.values()).values()) == len(seen)


def test_a_public_decision_that_a_closed_one_ends_is_in_force_to_whoever_may_not_know(club: Club) -> None:
    floor = floor_of(club)
    decided(floor)
    before = rows(Client(), on=DAY + WEEK)
    closed = carried(floor, "Zyklonfarn", access=Access.BODY)
    with at(25):
        certify_decision(by=club.chair, result_id=closed.pk, changes=[Changing("repeals", 1)])
    assert rows(Client(), on=DAY + WEEK) == before
    assert titles(Client(), state="repealed", on=DAY + WEEK) == []
    assert titles(Client(), state="in force", on=DAY + WEEK) == ["Repair of the roof"]
    assert titles(as_person(club.members[4]), state="repealed", on=DAY + WEEK) == ["Repair of the roof"]
    assert Client().get(REGISTER, {"type": "", "q": "Zyklon"}).context["page"].paginator.count == 0


def test_the_register_is_looked_through_by_everything_that_it_knows(club: Club) -> None:
    issued(floor := floor_of(club), sector="buildings")
    decide(floor, "Rules of the slip", sort="rule", effective=DAY + WEEK, expires=date(2027, 1, 1))
    anyone = Client()
    for asked, found in (
        ({"sector": "build"}, ["Repair of the roof"]),
        ({"unit": club.local.slug}, ["Repair of the roof"]),
        ({"unit": club.local.name[:4].upper()}, ["Repair of the roof"]),
        ({"unit": "nobody"}, []),
        ({"type": "rule"}, ["Rules of the slip"]),
        ({"term": club.term.ordinal, "q": "slip"}, ["Rules of the slip"]),
        ({"term": club.term.ordinal + 1}, []),
        ({"state": "not yet in force", "on": DAY}, ["Rules of the slip"]),
        ({"state": "expired", "on": "2027-01-02"}, ["Rules of the slip"]),
        ({"state": "in force", "on": "2027-01-01", "year": 2026}, ["Rules of the slip", "Repair of the roof"]),
    ):
        assert titles(anyone, **asked) == found
        assert [row["title"] for row in rows(anyone, **asked)] == found


def test_who_may_not_see_a_task_does_not_find_a_decision_by_it(club: Club) -> None:
    directive = issued(floor_of(club), sector="Zyklonfarn")
    type(directive).objects.update(access=Access.BODY)
    assert titles(Client(), sector="Zyklonfarn") == []
    assert titles(as_person(club.members[4]), sector="Zyklonfarn") == ["Repair of the roof"]


@pytest.mark.parametrize("asked", [{"on": "soon"}, {"on": "2026-02-30"}, {"on": "0000-00-00"}])
def test_a_day_that_is_none_is_told_beside_what_was_typed(club: Club, asked: dict[str, str]) -> None:
    decided(floor_of(club))
    answer = Client().get(REGISTER, asked)
    assert answer.status_code == 422
    assert asked["on"] in answer.content.decode()
    assert "This is not a day." in answer.content.decode()


@pytest.mark.parametrize("name", ["type", "state", "term", "sector", "unit", "year", "page", "q"])
@pytest.mark.parametrize("value", ["\0", "<b>", "9" * 40, "x" * 900, "' OR 1=1 --", "\u202e"])
def test_nonsense_is_left_out_of_what_is_looked_for(club: Club, name: str, value: str) -> None:
    for address in (REGISTER, reverse(FILE, args=["general-meeting"]), reverse("decisions:register_csvw")):
        assert Client().get(address, {name: value}).status_code == 200


def test_the_file_says_what_it_holds_and_holds_no_formula(club: Club) -> None:
    decide(floor_of(club), "=SUM(A1:A9)", expires=DAY + WEEK)
    answer = Client().get(reverse(FILE, args=["general-meeting"]), {"year": "2026", "on": str(DAY)})
    assert answer.headers["Content-Type"].startswith("text/csv")
    described = answer.headers["Link"].partition(">")[0].removeprefix("<")
    told = json.loads(Client().get(described).content)
    assert told["url"] == f"register.csv?year=2026&on={DAY}"
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert [one["name"] for one in told["tableSchema"]["columns"]] == list(row)
    for column in told["tableSchema"]["columns"]:
        assert row[column["name"]] or not column.get("required")
    assert (row["title"], row["expires"], row["state"]) == ("'=SUM(A1:A9)", str(DAY + WEEK), "in force")
    assert reverse(FILE, args=["general-meeting"]) in Client().get(REGISTER).content.decode()
    assert Client().get(reverse(FILE, args=["no-such-body"])).status_code == 404


def test_the_register_asks_little_of_the_database(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some_decisions(floor_of(club), 7)
    member = as_person(club.members[4])
    asked = {"state": "in force", "on": str(DAY), "q": "e", "sector": "", "year": 2026}
    for address in (REGISTER, reverse("decisions:register"), reverse("decisions:register_csv")):
        with django_assert_max_num_queries(12):
            assert member.get(address, asked).status_code == 200


@pytest.mark.parametrize("name", ["state", "type"])
def test_what_cannot_be_chosen_is_said_in_the_houses_words_and_left_out(club: Club, name: str) -> None:
    decided(floor_of(club))
    answer = Client().get(REGISTER, {name: "galaxy"})
    assert answer.status_code == 200
    assert [one.decision.title for one in answer.context["rows"]] == ["Repair of the roof"]
    assert "There is nothing of this name to choose." in answer.content.decode()
