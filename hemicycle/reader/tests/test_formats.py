"""Word documents and PDF: words in reading order, heads and feet apart, and what cannot be opened refused."""

import shutil
import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest
from docx import Document
from PIL import Image, ImageDraw, ImageFont

from hemicycle.reader import flat, read
from hemicycle.reader.page import open_page
from hemicycle.reader.shape import Label, Page, Unreadable

LEFT = [
    "The council of Brackwater met on Tuesday and",
    "adopted its plan for the harbour. The mayor",
    "presided and spoke of the long wait for it.",
    "Members asked who would pay, and when the",
    "work would begin. The treasurer answered that",
    "the county would bear one half of the cost and",
]
RIGHT = [
    "the town the other half over nine years. The",
    "clerk was told to publish the tenders at once.",
    "The harbour master was praised for his care",
    "of the old pier in the winter storms. There",
    "was no other business, and the meeting was",
    "closed by the mayor shortly after nine.",
]
PLACED = tuple[float, float, int, str]


def pdf(sheets: Sequence[Sequence[PLACED]]) -> bytes:
    """A PDF of lines of Helvetica: x, y, size, words."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in sheets:
        drawn = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in lines).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        contents = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % contents
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, thing))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return out.getvalue()


def column(x: float, y: float, lines: Sequence[str]) -> list[PLACED]:
    """Lines under one another."""
    return [(x, y - 14 * number, 10, line) for number, line in enumerate(lines)]


def words_of(page: Page, label: Label) -> list[str]:
    """The words of the blocks of one kind."""
    return [page.words(block.span) for block in page.blocks if block.label is label]


def test_two_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    rows = [line for pair in zip(column(50, 700, LEFT), column(310, 700, RIGHT), strict=True) for line in pair]
    page = open_page(pdf([[(50, 760, 18, "Brackwater council adopts harbour plan"), *rows]]), name="a.pdf")
    assert page.title == "Brackwater council adopts harbour plan"
    text = " ".join(page.article.text.split())
    assert text == " ".join([*LEFT, *RIGHT])


def test_heads_and_feet_of_sheets_are_no_part_of_the_article() -> None:
    def sheet(number: int, lines: Sequence[str]) -> list[PLACED]:
        foot = (250, 30, 8, f"Page {number} of 2")
        return [(50, 810, 8, "Brackwater Council Bulletin"), *column(50, 700, lines), foot]

    first = [(50, 740, 18, "Council adopts harbour plan"), *sheet(1, LEFT)]
    page = open_page(pdf([first, sheet(2, RIGHT)]), name="a.pdf")
    assert "Bulletin" not in page.article.text
    assert "Page" not in page.article.text
    assert "one half of the cost and the town the other half" in page.article.text


def test_rows_of_a_table_in_a_pdf_stay_rows() -> None:
    table = [(50, 600, 10, "For"), (300, 600, 10, "Against"), (50, 580, 10, "Eleven"), (300, 580, 10, "Four")]
    page = open_page(pdf([[*column(50, 700, LEFT), *table]]), name="a.pdf")
    assert "For   Against" in page.text
    assert "Eleven   Four" in page.text


def test_a_pdf_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="nothing in it to read"):
        open_page(pdf([[]]), name="a.pdf")


def written(document: object) -> bytes:
    """The bytes of a Word document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_keeps_its_headings_items_rows_and_parts_its_head_and_foot() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Brackwater Town Council"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 1"
    document.add_heading("Minutes of the harbour meeting", 0)
    document.add_paragraph("Present: Ines Halloran, Tom Ashe")
    document.add_heading("1. Dredging", 1)
    document.add_paragraph("The treasurer reported that the tenders were out and would be opened in May.")
    document.add_paragraph("Tom to publish the tenders", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "For: 11", "Against: 4"
    page = open_page(written(document), name="a.docx")
    assert page.title == "Minutes of the harbour meeting"
    assert page.article.text.startswith("Present: Ines Halloran")
    assert page.article.text.endswith("For: 11 | Against: 4")
    assert words_of(page, Label.MASTHEAD) == ["Brackwater Town Council"]
    assert "Page 1 of 1" not in page.article.text
    forms = [block.form for block in page.blocks if block.label is Label.ARTICLE]
    assert forms == ["paragraph", "heading", "paragraph", "item", "row"]


def test_an_archive_that_would_unpack_to_far_too_much_stays_closed() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    with pytest.raises(Unreadable, match="left closed"):
        open_page(out.getvalue(), name="a.docx")


def test_another_archive_is_no_word_document() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(Unreadable, match="no Word document"):
        open_page(out.getvalue(), name="a.docx")


def test_a_locked_word_document_is_called_locked_and_an_old_one_old() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    with pytest.raises(Unreadable, match="locked with a password"):
        open_page(head + "EncryptedPackage".encode("utf-16-le"), name="a.docx")
    with pytest.raises(Unreadable, match="old Word file"):
        open_page(head, name="a.doc")


def test_a_scan_without_tesseract_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="install Tesseract"):
        open_page(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, name="a.png")


def scan() -> bytes:
    """The head of some minutes, drawn as a scanner would give it."""
    picture = Image.new("L", (1300, 330), 255)
    letters = ImageFont.load_default(size=34)
    lines = (
        "Ellerby Town Council",
        "Minutes of the meeting held on 3 May 2021 at",
        "7.30 p.m. in the Council Chamber, Ellerby",
    )
    for place, words in enumerate(lines):
        ImageDraw.Draw(picture).text((60, 50 + 70 * place), words, font=letters, fill=0)
    out = BytesIO()
    picture.save(out, "PDF", resolution=200)
    return out.getvalue()


def test_a_scan_is_read_where_tesseract_is_installed() -> None:
    """Elsewhere the same page is refused with what is missing."""
    if shutil.which("tesseract") is None:
        with pytest.raises(Unreadable, match="tesseract-ocr"):
            read(scan(), name="a.pdf")
        return
    meeting = flat(read(scan(), name="a.pdf"))["meeting"]
    assert (meeting["body"], meeting["start"]) == ("Ellerby Town Council", "2021-05-03")
    assert meeting["place"] == "Council Chamber, Ellerby"
