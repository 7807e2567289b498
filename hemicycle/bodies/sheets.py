"""Tables that people bring: CSV and XLSX read into rows of text, within bounds, and nothing else let in."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

LARGEST_FILE = 4 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 60
# Of a compressed table; a small file can hold a very large one.
LARGEST_UNPACKED = 64 * 1024 * 1024
CHUNK = 64 * 1024
PACKED = b"PK\x03\x04"
# How the files begin that table programs wrote before XLSX.
BEFORE_XLSX = b"\xd0\xcf\x11\xe0"
LONGEST_CELL, LONGEST_ERROR = 1000, 20
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENCODINGS = ("utf-8", "windows-1252", "windows-1250", "iso-8859-2", "windows-1251", "koi8-r", "gb18030", "euc-kr")
# What reading a file that is no such table comes to.
UNFIT = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    KeyError,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Unreadable(Exception):
    """A file that is not let in, with a sentence about what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    """A table as rows of text; the number of a row is the one that the program it was made with shows."""

    rows: list[list[str]]


def read_sheet(content: bytes, *, encoding: str = "utf-8") -> Sheet:
    """Return the table in a CSV or XLSX file.

    Raises:
        Unreadable: it is too large, in another encoding, or no such table.
    """
    refuse_size(content)
    rows = read_xlsx(content) if content.startswith(PACKED) else read_csv(content, encoding)
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(rows)


def read_cells(content: bytes, *, encoding: str = "utf-8") -> list[list[object]]:
    """Return the cells of a CSV or XLSX file, numbers and days as they are; no two merged, none far to the right.

    Raises:
        Unreadable: it is too large, in another encoding, no such table, or has merged cells or very many columns.
    """
    refuse_size(content)
    if content.startswith(PACKED):
        return unpacked(content, strict=True)
    return [list[object](row) for row in read_csv(content, encoding)]


def refuse_size(content: bytes) -> None:
    """Refuse a file that is too large, an empty one, and one of the kind before XLSX."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("This file is larger than 4 MB. Leave out columns that are not asked for, or split it."))
    if not content.strip():
        raise Unreadable(_("This file is empty. Fill in the template and send it again."))
    if content.startswith(BEFORE_XLSX):
        raise Unreadable(_("This file is of an older kind (XLS). Save it as XLSX or “CSV UTF-8” and send it again."))


def read_csv(content: bytes, encoding: str) -> list[list[str]]:
    """Return the rows of a CSV file, whichever of comma, semicolon or tab stands between its cells."""
    text = decoded(content, encoding)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True):
            refuse_wide(len(row))
            rows.append([cell.strip(" \u00a0\n") for cell in row])
            refuse_long(len(rows))
    except csv.Error as wrong:
        raise Unreadable(
            _("Row %(row)d cannot be read as CSV (%(wrong)s). Save the table as “CSV UTF-8” and send it again.")
            % {"row": len(rows) + 1, "wrong": wrong}
        ) from wrong
    return rows


def decoded(content: bytes, encoding: str) -> str:
    """Return the text of a CSV file; where it is not in the encoding named, say which it seems to be in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        text = content.decode(encoding if encoding in {*ENCODINGS, "utf-16"} else "utf-8")
    except UnicodeDecodeError as wrong:
        raise Unreadable(guessed(content)) from wrong
    if "\x00" in text:
        raise Unreadable(_("This is no table of text. Save it as “CSV UTF-8” or as XLSX and send it again."))
    return text


def guessed(content: bytes) -> str:
    """Return the sentence about a file in another encoding, with what its first words would be."""
    best = from_bytes(content[:CHUNK], cp_isolation=list(ENCODINGS[1:])).best()
    if best is None:
        return _("This file is not written in UTF-8. Save the table as “CSV UTF-8” or as XLSX and send it again.")
    words = " ".join(str(best).split())[:60]
    return _(
        "This file is not written in UTF-8. It seems to be in %(encoding)s and would begin: “%(words)s”. Save it as "
        "“CSV UTF-8”, or choose its encoding below where the words are right."
    ) % {"encoding": best.encoding.replace("cp", "windows-").replace("_", "-"), "words": words}


def read_xlsx(content: bytes) -> list[list[str]]:
    """Return the rows of the first table of an XLSX file, as text."""
    return [[shown(cell) for cell in row] for row in unpacked(content)]


def unpacked(content: bytes, *, strict: bool = False) -> list[list[object]]:
    """Return the cells of the first table of an XLSX file. Its size is looked at before anything is unpacked whole."""
    try:
        refuse_overpacked(content, strict=strict)
        book = CalamineWorkbook.from_filelike(io.BytesIO(bounded(content)))
        # The empty rows and columns before the first cell are kept: rows have the numbers that a table program shows.
        return [list[object](row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    except UNFIT as wrong:
        raise Unreadable(
            _("This file cannot be read as XLSX. Open it in a table program, save it anew and send it again.")
        ) from wrong


def bounded(content: bytes) -> bytes:
    """Return the same file unpacked: a size that is not what the file says of itself stops here, not in its reader."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w") as plain:
        for member in packed.infolist():
            if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise ValueError("A table is packed in no other way.")
            plain.writestr(member.filename, packed.read(member))
    return made.getvalue()


def refuse_overpacked(content: bytes, *, strict: bool = False) -> None:
    """Refuse a file that unpacks to too much, has too many rows or columns, or formulas without a value."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED:
            raise Unreadable(_("This file unpacks to more than 64 MB. Copy the filled cells into a new table."))
        sheets = [name for name in packed.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
        walked, wrong = [], []
        for name in sheets if strict else sheets[:1]:
            walked.append(Cells(strict=strict))
            with packed.open(name) as file:
                try:
                    walked[-1].read(file)
                except Unreadable as refused:
                    wrong.append(refused)
    # Before a cell is named: whose sheet it is on would not be said.
    if sum(one.filled for one in walked) > 1:
        raise Unreadable(
            _("Something stands on more than one sheet of this file. Keep the one to be read, and delete the others.")
        )
    if wrong:
        raise wrong[0]


class Cells:
    """Walks the cells of a worksheet's XML: how far those with a value reach, and which have a formula or an error.

    `strict`: blank cells reach as far as any other, and none is merged with another. `filled`: whether one has a value.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.filled = False
        self.cell = ""
        self.kind = ""
        self.formula = False
        self.inside = False
        self.value = ""
        self.unpacked = 0

    def read(self, file: IO[bytes]) -> None:
        """Walk the whole worksheet, within bounds; nothing outside of it is looked up."""
        parser = ParserCreate()
        parser.StartElementHandler = self.starts
        parser.EndElementHandler = self.ends
        parser.CharacterDataHandler = self.reads
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        while chunk := file.read(CHUNK):
            self.unpacked += len(chunk)
            if self.unpacked > LARGEST_UNPACKED:
                raise Unreadable(_("This file unpacks to more than 64 MB. Copy the filled cells into a new table."))
            parser.Parse(chunk, False)  # noqa: FBT003 - expat names no such argument.
        parser.Parse(b"", True)  # noqa: FBT003 - the same.

    def refuse_doctype(self, *_declared: object) -> None:
        """Refuse declarations, which a table never has."""
        raise ValueError("A worksheet declares no entities.")

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        """Note where a cell begins, and what stands in it."""
        match name.rpartition(":")[2]:
            case "c":
                self.cell, self.kind = attributes.get("r", ""), attributes.get("t", "")
                self.formula, self.inside, self.value = False, False, ""
                if self.strict:
                    refuse_far(self.cell)
            case "mergeCell" if self.strict:
                raise Unreadable(
                    _("The cells %(cells)s are merged. Split them, so that each stands for itself, and send it again.")
                    % {"cells": attributes.get("ref", "")[:30]}
                )
            case "f":
                self.formula = True
            case "v" | "is":
                self.inside = True
                refuse_far(self.cell)

    def reads(self, text: str) -> None:
        """Note the beginning of a cell's value."""
        if self.inside and len(self.value) < LONGEST_ERROR:
            self.value += text.strip()[:LONGEST_ERROR]

    def ends(self, name: str) -> None:
        """Refuse a formula that its program never worked out, and one that it could not."""
        match name.rpartition(":")[2]:
            case "v" | "is":
                # A formula that comes to an empty text is worked out: it says so by its kind.
                self.filled = self.filled or bool(self.value)
                self.formula = self.formula and not self.value and self.kind != "str"
                self.inside = False
            case "c" if self.formula:
                raise Unreadable(
                    _("Cell %(cell)s holds a formula without a value. Replace formulas by what they come to.")
                    % {"cell": self.cell}
                )
            case "c" if self.kind == "e":
                raise Unreadable(
                    _("Cell %(cell)s shows the error %(error)s. Write into it what it should be, or empty it.")
                    % {"cell": self.cell, "error": self.value}
                )


def refuse_far(cell: str) -> None:
    """Refuse a value that stands too far to the right or too far down."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", cell)
    if found is None:
        return
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    refuse_wide(column)
    refuse_long(int(found[2]))


def refuse_long(rows: int) -> None:
    """Refuse a table with too many rows."""
    if rows > MOST_ROWS + 1:
        raise Unreadable(
            _("This table has more than %(most)d rows. Split it into several files.") % {"most": MOST_ROWS}
        )


def refuse_wide(columns: int) -> None:
    """Refuse a table with too many columns, filled or not."""
    if columns > MOST_COLUMNS:
        raise Unreadable(
            _("This table has more than %(most)d columns. Delete those that are not asked for, also the empty ones.")
            % {"most": MOST_COLUMNS}
        )


def shown(cell: object) -> str:
    """Return a cell's value as one would type it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def harmless(value: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def wrong_in(cell: str) -> Iterator[tuple[str, str]]:
    """Yield what no cell may hold, as pairs of what is wrong and what to write."""
    if cell.startswith(FORMULA):
        yield _("it begins with “%(sign)s”, as formulas do") % {"sign": cell[0]}, _("the text itself, or nothing")
    if CONTROL.search(cell):
        yield _("it holds a character that cannot be seen"), _("the text typed anew")
    if len(cell) > LONGEST_CELL:
        yield _("it is longer than %(most)d characters") % {"most": LONGEST_CELL}, _("a shorter text")
