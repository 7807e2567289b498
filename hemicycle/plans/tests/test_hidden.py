"""Files of tables that hide something, or hold what nobody could read back, are refused before they are read."""

import io

import pytest
from xlsxwriter import Workbook

from hemicycle.bodies.sheets import BEFORE_XLSX, Unreadable, read_cells
from hemicycle.bodies.tests.test_roster import row, xlsx


def head_only(more: str = "", extra: str = "") -> bytes:
    return xlsx(row(1, A="hemicycle figures") + more + f"</sheetData>{extra}<sheetData>")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (head_only(extra='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'), "cells A1:B2 are merged"),
        (head_only('<row r="2"><c r="G2"><f>1+1</f></c></row>'), "Cell G2 holds a formula without a value"),
        (head_only('<row r="2"><c r="G2"><f>1+1</f><v></v></c></row>'), "Cell G2 holds a formula without a value"),
        (head_only('<row r="2"><c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'), "Cell G2 shows the error #DIV/0!"),
        (head_only('<row r="2"><c r="J2" t="e"><v>#REF!</v></c></row>'), "Cell J2 shows the error #REF!"),
        (BEFORE_XLSX + b"x" * 600, "of an older kind (XLS)"),
        (head_only('<row r="2"><c r="XFD2" s="1"/></row>'), "more than 60 columns"),
        (b"a" + b"," * 1_000_000, "more than 60 columns"),
        (head_only(f'<row r="2"><c r="A2"><v>{" " * 70_000_000}</v></c></row>'), "more than 64 MB"),
    ],
    ids=["merged", "formula", "unreckoned", "divided", "reference", "xls", "blank", "commas", "bomb"],
)
def test_a_table_that_hides_something_is_refused_by_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_cells(content)
    assert said in refused.value.sentence


def test_a_formula_that_comes_to_an_empty_text_is_empty() -> None:
    cells = read_cells(head_only('<row r="2"><c r="G2" t="str"><f>IF(1,"","x")</f><v></v></c></row>'))
    assert not any(cells[1:][0] if cells[1:] else [])


def test_what_stands_on_another_sheet_is_not_lost_in_silence() -> None:
    def of_two(more: str) -> bytes:
        file = io.BytesIO()
        book = Workbook(file)
        book.add_worksheet("Figures").write(0, 0, "hemicycle figures")
        book.add_worksheet("Notes").write(4, 2, more)
        book.close()
        return file.getvalue()

    with pytest.raises(Unreadable) as refused:
        read_cells(of_two("12 more"))
    assert "more than one sheet" in refused.value.sentence
    assert read_cells(of_two(""))[0][0] == "hemicycle figures"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = bytearray(head_only(f'<row r="2"><c r="A2"><v>{" " * 70_000_000}</v></c></row>'))
    size = (70_000_000).to_bytes(4, "little")[2:]
    listed = content.rindex(b"PK\x01\x02")
    assert content[listed + 26 : listed + 28] == size
    content[listed + 24 : listed + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(Unreadable) as refused:
        read_cells(bytes(content))
    assert "cannot be read as XLSX" in refused.value.sentence
