"""The page on which an office enters what several units told it by telephone: beside each task, all in one act."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.decisions import acts
from hemicycle.decisions.models import Directive, Progress
from hemicycle.decisions.tests.test_addressing import through
from hemicycle.decisions.tests.test_life import told
from hemicycle.decisions.tests.test_rollup import MAY, head_of
from hemicycle.decisions.views import telling
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person

pytestmark = pytest.mark.django_db


def desk(club: Club) -> Client:
    """Return the chair in the browser."""
    return as_person(club.members[0])


def address(made: list[Directive]) -> str:
    """Return where reports of the tasks of a point are entered."""
    return reverse("decisions:tell", args=[made[0].point_id])


def filled(*reports: tuple[Directive, str, str], once: str = "a") -> dict[str, str]:
    """Return what is sent of these tasks: figure and words of each."""
    sent = {"once": once}
    for one, value, narrative in reports:
        sent |= {f"{one.number}-value": value, f"{one.number}-narrative": narrative}
    return sent


def test_what_is_filled_is_entered_and_the_rest_is_not(club: Club) -> None:
    made = through(club)
    first, second, third = made[3:]
    with clock_at(MAY):
        page = desk(club).get(address(made)).content.decode()
        assert "Berth a" in page
        assert f'name="{first.number}-value"' in page
        # The figures of wholes come from their parts: of them words alone are asked.
        assert f'name="{made[0].number}-value"' not in page
        sent = filled((first, "4", "Counted on the roof."), (second, "", ""), (third, "0", "None yet."))
        assert desk(club).post(address(made), sent).status_code == 302
    assert dict(Progress.objects.values_list("directive__number", "value")) == {first.number: 4, third.number: 0}
    assert told("reports.entered") == "2 reports on point 1 of decision 1: told by telephone, entered by The Club."


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(club: Club) -> None:
    made = through(club)
    first, second, _third = made[3:]
    with clock_at(MAY):
        half = desk(club).post(address(made), filled((first, "4", ""), (second, "5", "Counted on the pier.")))
        assert half.status_code == 422
        assert "Say what was done so far." in half.content.decode()
        assert "Counted on the pier." in half.content.decode()
        none = desk(club).post(address(made), filled((first, "", "")))
        assert "Enter at least one report" in none.content.decode()
        more = desk(club).post(address(made), filled((first, "50", "Counted.")))
        assert "is more than the target" in more.content.decode()
        assert f'name="{first.number}-more_than_target"' in more.content.decode()
    assert not Progress.objects.exists()
    late = MAY + timedelta(days=200)
    with clock_at(late):
        said = desk(club).post(address(made), filled((first, "4", "Counted."))).content.decode()
        assert "Say why the task is late." in said
        sent = filled((first, "4", "Counted."), once="b") | {f"{first.number}-delay_reason": "Snow."}
        assert desk(club).post(address(made), sent).status_code == 302
    assert Progress.objects.get().delay_reason == "Snow."


def test_a_task_that_ended_meanwhile_is_named_with_what_was_typed(club: Club) -> None:
    made = through(club)
    first = made[3]
    with clock_at(MAY):
        unit = Directive.objects.get(pk=first.pk).responsible_unit
        acts.answer_not_applicable(by=head_of(unit), directive_id=first.pk, because="No roof.")
        assert f'name="{first.number}-value"' not in desk(club).get(address(made)).content.decode()
        said = desk(club).post(address(made), filled((first, "4", "Counted with care."))).content.decode()
    assert f"Task {first.number}, of Berth a:" in said
    assert "Counted with care." in said


def test_units_are_found_by_name_and_shown_by_pages(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    made = through(club)
    found = desk(club).get(address(made), {"q": "berth b"}).content.decode()
    assert ("Berth b" in found, "Berth a" in found) == (True, False)
    assert "No unit of this name" in desk(club).get(address(made), {"q": "nowhere"}).content.decode()
    monkeypatch.setattr(telling, "A_PAGE", 4)
    first = desk(club).get(address(made)).content.decode()
    assert ("Berth a" in first, "Berth b" in first, "?page=2" in first) == (True, False, True)
    second = desk(club).get(address(made), {"page": "2"}).content.decode()
    assert ("Berth a" in second, "Berth b" in second, "?page=1" in second) == (False, True, True)
    assert desk(club).get(address(made), {"page": "99999999999999"}).status_code == 200


def test_only_the_desk_enters_and_names_out_of_nowhere_are_no_tasks(club: Club) -> None:
    made = through(club)
    first = made[3]
    assert as_person(club.members[3]).post(address(made), filled((first, "4", "Counted."))).status_code in {403, 404}
    odd = {"once": "a", "x-narrative": "a", "99999999999-narrative": "b", "٣-narrative": "c", "-narrative": "d"}
    assert desk(club).post(address(made), odd).status_code == 422
    assert not Progress.objects.exists()


def test_the_page_asks_the_database_a_fixed_number_of_times(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made, chair = through(club), desk(club)
    with clock_at(MAY), django_assert_max_num_queries(12):
        chair.get(address(made))
