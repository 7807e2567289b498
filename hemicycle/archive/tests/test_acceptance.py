"""What the record answers about the three published reports together, once they are imported: on its pages.

No sentence of the pages stands here; the questions are those that need the archive and not the reader alone.
"""

import csv
import re
from io import StringIO

from django.test import Client

from hemicycle.accounts.access import PUBLIC
from hemicycle.archive.models import ArchivedMeeting
from hemicycle.archive.tests.world import Record
from hemicycle.demo.club import Club
from hemicycle.reader.tests.answers import SECTORS_IN_BOTH
from hemicycle.search.find import search


def test_the_three_stand_in_the_order_in_which_they_were_held(club: Club, record: Record) -> None:
    table = record.page(f"/bodies/{club.body.slug}/archive/")
    places = [table.index(str(meeting)) for meeting in (record.plenary, record.enlarged, record.sitting)]
    assert places == sorted(places)
    assert (record.plenary.starts.isoformat(), record.plenary.ends.isoformat()) == ("2019-12-28", "2019-12-31")
    assert record.enlarged.starts.isoformat() == "2020-11-15"
    assert (record.sitting.starts, record.sitting.told_day) == (None, "Wednesday, December 2023")
    assert "Wednesday, December 2023" in record.of(record.sitting)


def test_where_each_was_held_is_not_merged_and_silence_is_told(club: Club, record: Record) -> None:
    assert record.plenary.place.startswith("headquarters building")
    assert record.enlarged.place.startswith("office building")
    assert record.sitting.place == ""
    assert "not found" in record.page(f"/bodies/{club.body.slug}/archive/")
    for meeting in (record.plenary, record.enlarged):
        assert "Presided by Kim Jong Un" in record.of(meeting)
        assert "Authorized by Political Bureau" in record.of(meeting)
    assert "Presided by not found" in record.of(record.sitting)
    assert "It had ended no" in record.of(record.sitting)


def test_sectors_with_tasks_in_both_plenaries_are_told_on_one_page(record: Record) -> None:
    page = record.page(f"/archive/compare/?m={record.sitting.pk}&m={record.plenary.pk}")
    both = page.split("Tasks in every one of them: ")[1].split(".")[0].split(", ")
    assert set(both) >= SECTORS_IN_BOTH
    assert "rural development" not in both


def test_titles_outcomes_and_successes_stand_side_by_side_each_with_its_passage(record: Record) -> None:
    keys = "&".join(f"m={meeting.pk}" for meeting in (record.enlarged, record.plenary, record.sitting))
    answer = Client().get(f"/en/archive/compare/comparison.csv?{keys}")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [name.partition(",")[0] for name in rows[0][2::2]] == [
        str(record.plenary),
        str(record.enlarged),
        str(record.sitting),
    ]
    (titles,) = (row for row in rows if row[:2] == ["Titles", "Kim Jong Un"])
    assert "chairman of the Workers' Party" in titles[2]
    assert "State Affairs Commission" in titles[4]
    assert "General Secretary" in titles[6]
    assert "chairman" not in titles[6]
    (outcomes,) = (row for row in rows if row[0] == "Outcomes")
    assert [outcomes[place].count("unanimous") for place in (2, 4, 6)] == [1, 1, 0]
    successes = [row for row in rows if row[0] == "Successes claimed"]
    assert any(row[1] == "agriculture" and row[2] for row in successes)
    assert all(not row[4] and not row[6] for row in successes)
    assert all("/archive/sources/" in link and "?at=" in link for row in rows[1:] for link in row[3::2] if link)
    page = record.page(f"/archive/compare/?{keys}")
    claimed = page.split("Successes claimed, against the tasks set")[1].split("Titles of persons")[0]
    # In agriculture one claimed successes and set tasks; the last set tasks alone, and the one between did neither.
    assert re.match(r" agriculture \w.*? Tasks set: (\[\d+\] )+– Tasks set: \[5\]", claimed)


def test_search_says_which_meeting_asked_for_what_and_teasers_are_no_facts(record: Record) -> None:
    found = search(PUBLIC, "natural disasters system", kind="archivedtask")
    assert {hit.day for hit in found.hits} == {record.plenary.starts}
    assert search(PUBLIC, "state of the art weapons", kind="archivedtask").total == 0
    assert search(PUBLIC, '"shoe factory"', kind="teaser").total >= 1
    assert search(PUBLIC, '"shoe factory"', kind="archivedmeeting").total == 0
    criticised = search(PUBLIC, "complaints", kind="criticism")
    assert {hit.day for hit in criticised.hits} == {record.enlarged.starts}
    assert search(PUBLIC, "", sector="external affairs", kind="archivedtask", year=2019).total >= 1
    assert ArchivedMeeting.objects.count() == 3
