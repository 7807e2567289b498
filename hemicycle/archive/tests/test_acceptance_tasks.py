"""What the record answers from the imported meetings about tasks, successes, projects, campaigns, plans and praise.

Each is asked of the record as the public sees it, and each answer points at the passage that states it. No sentence of
the pages stands here.
"""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import PUBLIC
from hemicycle.archive.models import ArchivedMeeting
from hemicycle.archive.queries.meetings import Line, Row, compare, facts_for, record_of
from hemicycle.archive.tests.world import Record

pytestmark = pytest.mark.django_db
Asked = Callable[[ArchivedMeeting, str], list[Line]]


@pytest.fixture
def said() -> Asked:
    """What is stated of a meeting in a field; each of it leads to its passage."""

    def of(meeting: ArchivedMeeting, field: str) -> list[Line]:
        groups = record_of(list(facts_for(PUBLIC, [meeting])))
        found = next((lines.lines for group in groups for lines in group.fields if lines.name == field), [])
        assert all(one.at for one in found)
        return found

    return of


def line_of(seeds: Path, number: int) -> str:
    """Return a line of the page of the plenary, as it was published."""
    (page,) = seeds.glob("002_*.txt")
    return page.read_text(encoding="utf-8").splitlines()[number - 1]


def lines(found: list[Line]) -> list[int | None]:
    """Return the lines of the page on which these stand."""
    return [one.fact.line for one in found]


def row_of(rows: list[Row], label: str) -> Row:
    """Return the row of a comparison that is about this."""
    return next(row for row in rows if row.label == label)


def test_q22_the_follow_up_that_was_ordered_leads_to_its_passage(record: Record, said: Asked, seeds: Path) -> None:
    (ordered,) = (one for one in said(record.plenary, "tasks") if one.fact.line == 205)
    address = reverse("archive:source", args=[ordered.source])
    assert (
        f'{address}?at={ordered.at}#at"'
        in Client().get(reverse("archive:meeting", args=[record.plenary.pk])).content.decode()
    )
    assert ordered.value.rstrip("… ") in line_of(seeds, 205)
    answer = Client().get(address, {"at": ordered.at}).content.decode()
    passage = " ".join(re.findall(r'<(?:a|mark|span) class="[^"]*said--at"[^>]*>(.*?)</', answer, re.DOTALL))
    for word in ("Party-wide discussion", "planning", "assignments"):
        assert word in passage


def test_q23_successes_tell_against_which_meeting_they_are_measured(record: Record, said: Asked, seeds: Path) -> None:
    measured = [one for one in said(record.plenary, "success") if any("measured against" in how for how in one.further)]
    assert lines(measured) == [235, 257, 277, 291, 297, 309]
    assert all(one.value in line_of(seeds, one.fact.line or 0) for one in measured)
    assert all("Fourth Plenary Meeting" in one.whole for one in measured)
    assert record.of(record.plenary).count("(measured against") == 6


def test_q24_how_the_sectors_that_grew_differ_is_seen_side_by_side(record: Record, said: Asked) -> None:
    named = {one.fact.line: one.whole for one in said(record.plenary, "success")}
    assert ("light industr" in named[73], "electric power" in named[73].split("fields named:")[1]) == (True, False)
    assert ("light industr" in named[291], "electric power" in named[291].split("fields named:")[1]) == (False, True)
    successes = [one.row for one in compare(PUBLIC, [record.plenary, record.sitting]).successes]
    assert {73, 297} <= set(lines(row_of(successes, "light industry").cells[0]))
    assert 291 not in lines(row_of(successes, "light industry").cells[0])


def test_q25_which_projects_were_complete_and_which_under_way(record: Record, said: Asked) -> None:
    projects = said(record.plenary, "project")
    done = [one for one in projects if one.value.endswith("complete")]
    ahead = [one for one in projects if one.value.endswith("under way")]
    assert (lines(done), lines(ahead)) == ([71] * 4, [73] * 4)
    named = {
        71: ("Samjiyon", "Jungphyong", "tree nursery", "Yangdok"),
        73: ("Wonsan Kalma", "Sunchon", "Orangchon", "Tanchon"),
    }
    for line, places in named.items():
        told = [one.value for one in projects if one.fact.line == line]
        assert all(sum(place in value for value in told) == 1 for place in places)
    assert not any(one.further for one in done)
    assert all(one.further == ["“and others”"] for one in ahead)
    assert record.of(record.plenary).count("“and others”") == 4


def test_q26_which_provinces_are_praised_and_for_what(record: Record, said: Asked) -> None:
    praised = said(record.plenary, "commended")
    assert [one.value.partition(" and ")[0] for one in praised] == ["Kangwon Province", "North Phyongan"]
    assert lines(praised) == [75, 75]
    assert all("emulation drive" in one.beside[0] for one in praised)
    (success,) = (one for one in said(record.plenary, "success") if one.fact.line == 75)
    # Stockbreeding is of agriculture; the sentence itself names all five.
    assert {"agriculture", "education", "public health", "regional industry"} <= set(success.fact.value["sectors"])
    for field in ("agriculture", "stockbreeding", "education", "public health", "local industry"):
        assert field in success.value
    # What is said there of all the people is no reason given for a province.
    assert said(record.plenary, "commended.grounds") == []


def test_q32_q33_tasks_name_their_fields_and_the_campaign_of_their_passage(record: Record, said: Asked) -> None:
    task = next(one for one in said(record.enlarged, "tasks") if one.fact.line == 22)
    assert {"public health", "defence", "economy"} <= set(task.fact.value["sectors"])
    assert "80-day campaign" in task.beside
    assert "(its passage names: 80-day campaign)" in record.of(record.enlarged)
    sectors = compare(PUBLIC, [record.plenary, record.enlarged]).sectors
    assert 129 in lines(row_of(sectors, "emergency").cells[0])


def test_q35_q36_fields_that_are_named_stand_with_what_they_are_of(record: Record, said: Asked) -> None:
    fields = {one.fact.line: one.value for one in said(record.sitting, "fields")}
    assert fields[4].endswith("key industrial sectors: metal, chemistry, electric power, coal, machinery")
    of, _colon, named = fields[7].partition(": ")
    assert of.endswith("cultural field")
    assert named.split(", ") == ["science", "education", "public health", "literature and art", "media", "sports"]


def test_q37_q38_tasks_name_the_plan_they_serve_and_the_decision_they_come_from(record: Record, said: Asked) -> None:
    tasks = said(record.sitting, "tasks")
    served = {name for one in tasks if one.fact.line == 3 for name in one.beside}
    assert "five-year plan" in served
    assert any("programme" in name and "Eighth Congress" in name for name in served)
    housing = [one for one in tasks if "housing" in one.fact.value["sectors"]]
    assert lines(housing) == [5]
    assert ["resolution of the Eighth" in name for name in housing[0].beside] == [True]
    assert "Earlier decision cited" in record.of(record.sitting)


def test_campaigns_plans_and_earlier_decisions_stand_side_by_side_and_in_the_table(record: Record) -> None:
    meetings = [record.plenary, record.enlarged, record.sitting]
    named = compare(PUBLIC, meetings).named
    campaigns, plans = row_of(named, "Campaign"), row_of(named, "Plan")
    assert [one.value for one in campaigns.cells[1]] == ["80-day campaign of loyalty", "80-day campaign"]
    assert len(campaigns.cells[0]) == 3  # What a page says again stands once.
    assert (campaigns.cells[2], plans.cells[1]) == ([], [])
    keys = "&".join(f"m={meeting.pk}" for meeting in meetings)
    page = record.page(f"/archive/compare/?{keys}")
    assert "Campaigns, plans, projects and praise" in page
    answer = Client().get(f"/en/archive/compare/comparison.csv?{keys}").content.decode("utf-8-sig")
    rows = {row[1]: row for row in csv.reader(StringIO(answer)) if row[0] == "Named"}
    assert "five-year plan" in rows["Plan"][6]
    assert all("?at=" in link for link in rows["Earlier decision cited"][3::4])
