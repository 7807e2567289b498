"""Old decisions and tasks by table: tried first, all or nothing, each bad cell by its address, and nothing twice."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from hemicycle.bodies.sheets import Unreadable, read_cells
from hemicycle.decisions import acts
from hemicycle.decisions.models import OldDecision, OldSheet, OldTask
from hemicycle.decisions.old_sheets import COLUMNS, OldRow, read_rows, template
from hemicycle.decisions.queries.old import searchable_olddecisions
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.test_pages import as_person

pytestmark = pytest.mark.django_db
ORIGIN = "the green register of 2019"
ROWS = [
    ["12/3", "Repair of the quay", "The quay is repaired.", "2019-05-02", "a", "Harbour", "Mend the steps.",
     "2019-09-01", "done", "2019-08-20", "buildings"],
    ["12/3", "", "", "", "b", "harbour", "Paint the rails.", "2027-01-01", "Open", "", ""],
    ["14", "Thanks to the rowers", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def as_csv(rows: list[list[str]], heads: tuple[str, ...] = COLUMNS) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([heads, *rows])
    return written.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([list(COLUMNS), *rows]):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
    return file.getvalue()


def sent(club: Club, content: bytes, name: str = "old.csv", number: int = 0, **more: str) -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    form = {"file": file, "origin": ORIGIN, "access": "body", "encoding": "utf-8", **more}
    return as_person(club.members[number]).post(reverse("decisions:old_sheet", args=["general-meeting"]), form)


def kept_in(answer: HttpResponse) -> str:
    text = answer.content.decode()
    return text.partition('name="kept" value="')[2].partition('"')[0]


def enter(club: Club, kept: str, number: int = 0) -> HttpResponse:
    where = reverse("decisions:enter_old_sheet", args=["general-meeting"])
    return as_person(club.members[number]).post(where, {"kept": kept, "once": kept[:20]})


@pytest.mark.parametrize(("name", "made"), [("old.csv", as_csv), ("old.xlsx", as_xlsx)])
def test_a_table_is_tried_and_then_brought_in_by_one_act_and_never_twice(club: Club, name: str, made: object) -> None:
    content = made(ROWS)
    answer = sent(club, content, name)
    assert answer.status_code == 200
    assert "2 decisions would be brought in" in answer.content.decode()
    assert not OldSheet.objects.exists()
    assert enter(club, kept_in(answer)).status_code == 302
    assert Entry.objects.filter(kind="decisions.imported").count() == 1
    assert told("decisions.imported") == (
        f"2 old decisions of General Meeting with 2 tasks were brought in from {ORIGIN} ({name})."
    )
    tasks = OldTask.objects.values_list("decision__key", "key", "unit__name", "state", "sheet__origin")
    assert list(tasks) == [("12/3", "a", "Harbour", "done", ORIGIN), ("12/3", "b", "Harbour", "open", ORIGIN)]
    again = sent(club, content, name)
    assert "All of this is here already." in again.content.decode()
    assert OldSheet.objects.count() == 1
    assert [fault.sentence for fault in verify()] == []


def test_what_is_new_in_a_longer_table_is_brought_in_alone(club: Club) -> None:
    enter(club, kept_in(sent(club, as_csv(ROWS))))
    longer = [*ROWS, ["12/3", "", "", "", "c", "", "Sweep it.", "", "not done", "", ""]]
    answer = sent(club, as_csv(longer))
    assert "3 rows are here already; they change nothing." in answer.content.decode()
    assert enter(club, kept_in(answer)).status_code == 302
    assert OldTask.objects.get(key="c").sheet.number == 2
    # Whoever sends the same form twice is told so, and nothing is entered.
    assert enter(club, kept_in(answer)).status_code in {409, 422}
    assert OldTask.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "column", "value", "address", "sentence"),
    [
        (0, "decision", "", "A2", "It is empty. Write the number or sign"),
        (0, "adopted", "02/05/2019", "D2", "This day is written in another way in each country."),
        (0, "due", "2019-02-30", "H2", "There is no such day."),
        (0, "unit", "Atlantis", "F2", "No unit is called so."),
        (1, "state", "perhaps", "I3", "Write one of: open, done, not done."),
        (1, "ended", "2020-01-01", "J3", "A task that is open has not ended."),
        (1, "task", "a", "E3", "Row 2 is the same one."),
        (1, "task", "", "E3", "It is empty. Write the number or sign by which the old register knows the task."),
        (1, "to do", "", "G3", "It is empty. Write what was to be done."),
        (0, "title", "", "row 2", "The title of decision “12/3” is empty."),
        (1, "title", "Another", "row 3", "stands already, with another “title”"),
        (0, "title", "x" * 301, "B2", "It is longer than 300 characters."),
        (0, "decided", "a\x07b", "C2", "It holds a character that cannot be seen."),
    ],
)
def test_each_bad_cell_is_named_and_nothing_is_written(
    club: Club, row: int, column: str, value: str, address: str, sentence: str
) -> None:
    rows = [list(one) for one in ROWS]
    rows[row][COLUMNS.index(column)] = value
    answer = sent(club, as_csv(rows))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f">{address}<" in text
    assert sentence in text
    assert not OldSheet.objects.exists()


def test_what_stands_already_is_never_changed_by_another_table(club: Club) -> None:
    enter(club, kept_in(sent(club, as_csv(ROWS))))
    rows = [list(one) for one in ROWS]
    rows[1][COLUMNS.index("state")] = "done"
    answer = sent(club, as_csv(rows))
    assert answer.status_code == 422
    assert "Task “b” stands here already and says something else." in answer.content.decode()
    assert OldTask.objects.get(key="b").state == "open"


@pytest.mark.parametrize(
    ("heads", "sentence"),
    [
        (("decision", "name"), "The first row has no column “title”."),
        (("decision", "title", "title"), "The column “title” is there twice."),
        (("decision", "title", "colour"), "The column “colour” is not known here."),
    ],
)
def test_a_table_with_other_columns_is_refused_by_name(heads: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        read_rows(read_cells(as_csv([], heads)))
    assert sentence in wrong.value.sentence


def test_the_empty_table_has_the_columns_that_are_read() -> None:
    (heads, *_rest) = CalamineWorkbook.from_filelike(io.BytesIO(template())).get_sheet_by_index(0).to_python()
    assert tuple(heads) == COLUMNS
    with pytest.raises(Unreadable) as empty:
        read_rows(read_cells(template()))
    assert empty.value.sentence.startswith("There is no row below the names of the columns.")


def test_only_the_desk_brings_in_and_only_for_its_own_body(club: Club) -> None:
    assert sent(club, as_csv(ROWS), number=7).status_code == 403
    rows = [OldRow(2, "1", "Old")]
    given = {"body_id": club.body.pk, "rows": rows, "file": "old.csv", "origin": ORIGIN, "access": "body"}
    refused("no_right", acts.import_old, by=club.head, **given)
    refused("no_origin", acts.import_old, by=club.chair, **given | {"origin": " "})
    assert sent(club, as_csv(ROWS), origin="").status_code == 422
    kept = kept_in(sent(club, as_csv(ROWS)))
    assert enter(club, kept[:-3]).status_code == 302
    assert not OldSheet.objects.exists()


def test_old_decisions_are_found_by_those_who_may_read_them(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(club, kept_in(sent(club, as_csv(ROWS))))
    page = reverse("decisions:old_register", args=["general-meeting"])
    one = reverse("decisions:old_decision", args=[OldDecision.objects.get(key="12/3").pk])
    inbox = reverse("decisions:tasks", args=["harbour"])
    member, anyone = as_person(club.members[7]), Client()
    with django_assert_max_num_queries(12):
        text = member.get(page).content.decode()
    assert "Repair of the quay" in text
    assert ORIGIN in text
    assert "Thanks to the rowers" not in member.get(page, {"q": "rails"}).content.decode()
    assert "Repair of the quay" in member.get(page, {"q": "RAILS", "page": "x"}).content.decode()
    assert "Mend the steps." in member.get(one).content.decode()
    assert "Paint the rails." in member.get(inbox).content.decode()
    assert "Mend the steps." not in member.get(inbox).content.decode()
    assert "quay" not in anyone.get(page).content.decode()
    assert anyone.get(one).status_code == 404
    assert "rails" not in anyone.get(inbox).content.decode()


def test_old_decisions_are_searched_with_their_tasks_and_as_open_as_they_are(club: Club) -> None:
    enter(club, kept_in(sent(club, as_csv(ROWS))))
    first = next(searchable_olddecisions(OldDecision.objects.values_list("pk", flat=True)))
    assert (first.title, first.access) == ("Repair of the quay", "body")
    assert "Paint the rails." in first.text


def test_the_database_holds_what_an_old_task_is(club: Club) -> None:
    enter(club, kept_in(sent(club, as_csv(ROWS))))
    task = OldTask.objects.get(key="b")
    common = {"decision": task.decision, "sheet": task.sheet, "text": "More.", "state": "open"}
    for wrong in ({"key": "b"}, {"key": "z", "text": ""}, {"key": "z", "ended": task.due}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OldTask.objects.create(**common | wrong)
