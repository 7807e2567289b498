"""Figures by table: every bad cell by its address, all of it or nothing, taken back by an act; and plans as files."""

import csv
import io
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.sheets import read_cells
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.plans.acts import (
    close_period,
    import_figures,
    redefine_indicator,
    review_figure,
    try_figures,
    withdraw_figures,
)
from hemicycle.plans.models import Figure, FigureSheet
from hemicycle.plans.queries.board import Board
from hemicycle.plans.sheets import COLUMNS, Line, asked_of, read_lines, template
from hemicycle.plans.tests.world import Planned, noon, planned, reported
from hemicycle.voting.tests.test_pages import as_person

JULY = date(2026, 7, 20)
Cells = list[list[object]]


@pytest.fixture(scope="module")
def laid(founded: Club, django_db_blocker: Any) -> Iterator[Planned]:
    from tests.world import taken_back

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            world = planned(deepcopy(founded))
            reported(world, 35, date(2026, 5, 22))
        yield world


@pytest.fixture
def world(laid: Planned, db: None) -> Iterator[Planned]:
    with clock_at(noon(JULY)):
        yield deepcopy(laid)


def cells_of(world: Planned) -> Cells:
    """The table of the local unit as it is handed out: two rows, of the first and of the second part."""
    return read_cells(template(world.club.local, asked_of(Viewer(), world.club.local)))


def filled(cells: Cells) -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, line in enumerate(cells):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell) if isinstance(cell, str) else sheet.write(number, place, cell)
    book.close()
    return file.getvalue()


def report(cells: Cells, at: int, figure: object, as_of: object, **more: str) -> Cells:
    cells[at - 1][6] = figure
    cells[at - 1][8] = as_of
    cells[at - 1][9:] = [more.get("evidence", "Logbook"), more.get("why", "")]
    return cells


def sent(client: Client, world: Planned, content: bytes, status: int) -> str:
    data = {"file": SimpleUploadedFile("figures.xlsx", content), "encoding": "utf-8"}
    answer = client.post(reverse("plans:sheet", args=[world.club.local.slug]), data)
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == status, text
    return text


def test_a_table_is_filled_in_tried_entered_by_one_act_and_taken_back_by_another(world: Planned) -> None:
    head, local = as_person(world.club.members[2]), world.club.local
    shown = head.get(reverse("plans:figures", args=[local.slug])).content.decode()
    assert reverse("plans:sheet", args=[local.slug]) in shown
    cells = read_cells(head.get(reverse("plans:template", args=[local.slug])).content)
    assert [line[1] for line in cells[3:]] == ["B-1", "B-1"]
    assert cells[3][6:9] == [35, "", date(2026, 5, 22)]
    content = filled(report(cells, 5, 12.0, JULY, why="The crane came late."))
    entries = Entry.objects.count()
    tried = sent(head, world, content, 200)
    assert "1 row is what was reported already" in tried
    assert Entry.objects.count() == entries
    kept = tried.split('name="kept" value="')[1].split('"')[0]
    enter = reverse("plans:enter_sheet", args=[local.slug])
    assert head.post(enter, {"kept": kept}).status_code == 302
    assert Entry.objects.count() == entries + 1
    assert sentence(Entry.objects.latest("pk")) == "Harbour reported 1 figure in one table, “figures.xlsx”."
    figure = Figure.objects.latest("pk")
    assert (figure.numerator, figure.as_of, figure.explanation) == (12, JULY, "The crane came late.")
    assert (figure.sheet, figure.period) == (FigureSheet.objects.get(), world.second)
    assert "All of this was reported already" in sent(head, world, content, 200)
    assert "Nothing was entered twice" in head.post(enter, {"kept": kept}).content.decode()
    assert Entry.objects.count() == entries + 1
    page = head.get(reverse("plans:sheet", args=[local.slug])).content.decode()
    back = reverse("plans:withdraw", args=[figure.sheet_id])
    assert back in page
    assert head.post(back, {"reason": "It was last year's."}).status_code == 302
    figure.refresh_from_db()
    assert figure.state == Figure.State.WITHDRAWN
    assert Board(world.club.body, [world.number], JULY).total(world.number, world.second).numerator is None
    assert "took back the 1 figure of its table 1" in sentence(Entry.objects.latest("pk"))
    shown = Client().get(reverse("plans:indicator", args=[world.number.pk])).content.decode()
    assert "taken back" in shown
    assert "The crane came late." in shown
    again = sent(head, world, content, 200)
    kept = again.split('name="kept" value="')[1].split('"')[0]
    assert head.post(enter, {"kept": kept}).status_code == 302
    assert Figure.objects.latest("pk").number == 2
    assert verify() == []


@pytest.mark.parametrize(
    ("figure", "as_of", "address", "said"),
    [
        ("1,234", "2026-07-20", "G5", "read in two ways"),
        ("a dozen", "2026-07-20", "G5", "This is no number"),
        (12.5, "2026-07-20", "G5", "more decimals"),
        ("12.0", "2026-07-20", "", ""),
        (0.1 + 0.2 + 11.7, "2026-07-20", "", ""),
        (date(2026, 2, 1), "2026-07-20", "G5", "Format the cell as a number"),
        (True, "2026-07-20", "G5", "no number"),
        (10**16, "2026-07-20", "G5", "too large"),
        ("", "2026-07-20", "G5", "It is empty"),
        (12, "", "I5", "It is empty"),
        (12, "07/20/2026", "I5", "in another way in each country"),
        (12, "20.7.2026", "I5", "in another way in each country"),
        (12, "2026-07-32", "I5", "no such day"),
        (12, 46000, "I5", "This is not a day"),
        (12, "2026-07-21", "I5", "up to today"),
        (3, "2026-07-20", "K5", "Say why"),
    ],
)
def test_a_bad_cell_is_named_by_its_address(
    world: Planned, figure: object, as_of: object, address: str, said: str
) -> None:
    head = as_person(world.club.members[2])
    cells = report(cells_of(world), 5, figure, as_of, why="" if address == "K5" else "Late.")
    text = sent(head, world, filled(cells), 422 if address else 200)
    assert said in text
    if address:
        assert "1 bad cell<" in text
        assert f'<th scope="row">{address}</th>' in text
        assert 'name="kept"' not in text
    assert Figure.objects.count() == 1


def test_rows_that_were_doubled_moved_or_are_of_another_time_are_named(world: Planned) -> None:
    local, asked = world.club.local, asked_of(Viewer(), world.club.local)

    def wrong(cells: Cells) -> list[tuple[str, str]]:
        return [(fault.address, fault.sentence) for fault in read_lines(cells, local, asked)[1]]

    cells = cells_of(world)
    assert wrong(cells) == []
    assert wrong([*cells, cells[3]]) == [("B6", "Row 4 is the same one. Each stands once.")]
    moved = deepcopy(cells)
    moved[3][1] = "C-9"
    assert "in the template “B-1” stands in it" in dict(wrong(moved))["B4"]
    # The names of two rows change places: whoever fills them in reads the one and would report on the other.
    swapped = deepcopy(cells)
    swapped[3][3], swapped[4][3] = swapped[4][3], swapped[3][3]
    assert set(dict(wrong(swapped))) == {"D4", "D5"}
    other = deepcopy(cells)
    other[3][0] = "general-meeting/S-1/2/1/0"
    assert "reports no such figure now" in dict(wrong(other))["B4"]
    rated = deepcopy(cells)
    rated[3][7] = 5
    assert "no rate" in dict(wrong(rated))["H4"]
    long = report(deepcopy(cells), 5, 12, "2026-07-20", evidence="x" * 2001, why="\x07")
    assert [address for address, _said in wrong(long)] == ["J5", "K5"]
    redefine_indicator(
        by=world.desk, indicator_id=world.number.pk, text="Also jetties.", counts="berths", reason="Decided so."
    )
    asked = asked_of(Viewer(), local)
    assert "defined anew since (version 2, not 1)" in dict(wrong(cells))["B4"]


def test_what_is_no_table_of_this_unit_is_refused_by_a_sentence(world: Planned) -> None:
    head, cells = as_person(world.club.members[2]), cells_of(world)
    old, other, changed = deepcopy(cells), deepcopy(cells), deepcopy(cells)
    old[0][1], other[0][2], changed[1][6] = "0", "mill", "amount"
    for bad, said in (
        (old, "of version 0, and figures are now taken in version 2"),
        (other, "the template of another unit, “mill”"),
        (changed, "columns of this template were changed"),
        (cells[2:], "no template of figures"),
    ):
        assert said in sent(head, world, filled(bad), 422)
    assert Figure.objects.count() == 1


def test_a_table_made_before_a_later_report_does_not_undo_it(world: Planned) -> None:
    head = as_person(world.club.members[2])
    before = cells_of(world)
    reported(world, 41, date(2026, 6, 30), why="The crane came late.")
    untouched = sent(head, world, filled(report(deepcopy(before), 5, 20, JULY)), 422)
    assert "Since this template was made, 41 was reported as of 30 June 2026." in untouched
    assert '<th scope="row">G4</th>' in untouched
    # What is in it already changes nothing, whenever the table was made.
    same = report(deepcopy(before), 4, 41, date(2026, 6, 30))
    figure = Figure.objects.latest("pk")
    same[3][9:] = [figure.evidence, figure.explanation]
    assert "1 row is what was reported already" in sent(head, world, filled(report(same, 5, 20, JULY)), 200)


def line(world: Planned, value: int, **more: Any) -> Line:
    key = f"{world.club.body.slug}/B-1/{world.second.number}/1"
    return Line(
        **{"row": 5, "key": key, "as_of": "2026-07-20", "numerator": value, "denominator": None, **TEXTS, **more}
    )


def of_first(world: Planned) -> str:
    """The key of the row of the first part, of which a figure is there."""
    return f"{world.club.body.slug}/B-1/{world.first.number}/1"


TEXTS = {"evidence": "Logbook", "explanation": "Late."}


def test_a_table_is_refused_whole_and_others_do_not_send_it(world: Planned) -> None:
    lines = [line(world, 12), line(world, 9, row=4, key=of_first(world), stood=1)]
    sending = {"unit_id": world.club.local.pk, "file": "f.xlsx"}
    with pytest.raises(Refused) as refused:
        import_figures(by=world.club.head, lines=lines, **sending)
    assert (refused.value.code, refused.value.sentence[:4]) == ("sheet_unclean", "I4: ")
    with pytest.raises(Refused) as refused:
        import_figures(by=world.other_head, lines=lines[:1], **sending)
    assert refused.value.code == "other_body"
    assert Figure.objects.count() == 1
    other = as_person(world.club.members[3])
    for name in ("plans:sheet", "plans:template"):
        assert other.get(reverse(name, args=[world.club.local.slug])).status_code == 403
    assert Client().get(reverse("plans:sheet", args=[world.club.local.slug])).status_code == 302
    with clock_at(noon(date(2027, 1, 2))):
        close_period(by=world.desk, period_id=world.second.pk)
        with pytest.raises(Refused) as refused:
            import_figures(by=world.club.head, lines=lines[:1], **sending)
    assert "was closed on" in refused.value.sentence


def test_a_table_asks_as_much_of_the_database_for_two_rows_as_for_one(
    world: Planned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = line(world, 40, row=4, key=of_first(world), as_of="2026-06-30", stood=1)
    with CaptureQueriesContext(connection) as one:
        try_figures(unit=world.club.local, lines=[first], when=noon(JULY), person=None)
    with CaptureQueriesContext(connection) as two:
        try_figures(unit=world.club.local, lines=[first, line(world, 12)], when=noon(JULY), person=None)
    assert len(two) == len(one)
    sending = {"by": world.club.head, "unit_id": world.club.local.pk, "file": "f.xlsx"}
    with django_assert_max_num_queries(30):
        sheet = import_figures(**sending, lines=[first, line(world, 12)])
    with django_assert_max_num_queries(20):
        withdraw_figures(by=world.club.head, sheet_id=sheet.pk, reason="Wrong.")


def test_a_table_that_others_looked_at_stands(world: Planned) -> None:
    sending = {"unit_id": world.club.local.pk, "file": "f.xlsx", "lines": [line(world, 12)]}
    sheet = import_figures(by=world.club.head, **sending)
    with pytest.raises(Refused) as refused:
        withdraw_figures(by=world.other_head, sheet_id=sheet.pk, reason="No.")
    assert refused.value.code == "other_body"
    with pytest.raises(Refused) as refused:
        withdraw_figures(by=world.club.head, sheet_id=sheet.pk, reason=" ")
    assert refused.value.code == "no_reason"
    review_figure(by=world.desk, figure_id=sheet.figures.get().pk)
    with pytest.raises(Refused) as refused:
        withdraw_figures(by=world.club.head, sheet_id=sheet.pk, reason="Wrong.")
    assert "was looked at by others already" in refused.value.sentence
    withdraw = reverse("plans:withdraw", args=[sheet.pk])
    readers = (world.club.members[2], world.club.members[3])
    assert [as_person(one).get(withdraw).status_code for one in readers] == [200, 404]
    assert Client().get(withdraw).status_code == 404
    second = import_figures(by=world.club.head, **{**sending, "lines": [line(world, 13, stood=1)]})
    withdraw_figures(by=world.club.head, sheet_id=second.pk, reason="Wrong.")
    with pytest.raises(Refused) as refused:
        withdraw_figures(by=world.club.head, sheet_id=second.pk, reason="Wrong.")
    assert refused.value.code == "withdrawn"
    with pytest.raises(Refused) as refused:
        review_figure(by=world.desk, figure_id=second.figures.get().pk)
    assert refused.value.code == "figure_withdrawn"
    assert Board(world.club.body, [world.number], JULY).total(world.number, world.second).numerator == 12
    assert verify() == []


def test_a_plan_goes_out_as_files_that_say_what_they_hold(
    world: Planned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    import_figures(
        by=world.club.head,
        unit_id=world.club.local.pk,
        file="f.xlsx",
        lines=[line(world, -12, evidence="=HYPERLINK(1)", explanation="@x")],
    )
    place = [world.club.body.slug, world.year.number]
    page = Client().get(reverse("plans:plan", args=place)).content.decode()
    answers = {}
    for name in ("csv", "csvw", "xlsx", "json"):
        assert reverse(f"plans:{name}", args=place) in page
        with django_assert_max_num_queries(12):
            answers[name] = Client().get(reverse(f"plans:{name}", args=place))
    rows = list(csv.DictReader(io.StringIO(answers["csv"].content.decode())))
    described = json.loads(answers["csvw"].content)
    assert [one["name"] for one in described["tableSchema"]["columns"]] == list(rows[0])
    assert reverse("plans:csvw", args=place) in answers["csv"].headers["Link"]
    assert len({tuple(one[key] for key in described["tableSchema"]["primaryKey"]) for one in rows}) == len(rows) == 6
    mine = next(one for one in rows if one["figure"] == "-12")
    assert (mine["evidence"], mine["explanation"], mine["state"]) == ("'=HYPERLINK(1)", "'@x", "reported")
    told = json.loads(answers["json"].content)["figures"]
    exact = next(one for one in told if one["figure"] == "-12")
    assert exact["evidence"] == "=HYPERLINK(1)"
    assert [one["state"] for one in told].count("missing") == 4
    assert all(one["figure"] is None for one in told if one["state"] == "missing")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answers["xlsx"].content)).get_sheet_by_index(0).to_python()
    assert len(book) == 7
    assert any("=HYPERLINK(1)" in one and -12.0 in one for one in book)
    assert any(JULY in one for one in book)
    # What is to be reached in the year stands beside each of its parts, with the number of the year.
    assert {(one["share"], one["share_period"], one["target"]) for one in rows if one["unit"] == "mill"} == {
        ("75", str(world.year.number), "275")
    }


def test_a_template_locks_what_names_its_rows(world: Planned) -> None:
    import zipfile

    content = template(world.club.local, asked_of(Viewer(), world.club.local))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert sheet.count("<dataValidation ") == 4
    assert sheet.count('hidden="1"') == 3
    assert read_lines(read_cells(content), world.club.local, asked_of(Viewer(), world.club.local))[1] == []
    assert len(COLUMNS) == 11
