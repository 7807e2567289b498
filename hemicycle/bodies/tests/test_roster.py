"""Lists of people: every bad cell is named, nothing is written until it is clean, nobody is merged unreviewed."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.models import Account, Person
from hemicycle.bodies.acts import import_people
from hemicycle.bodies.models import Membership
from hemicycle.bodies.roster import plan, read_lines
from hemicycle.bodies.sheets import Unreadable, read_sheet
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence

ADDRESS = "/en/bodies/general-meeting/people/"
HEAD = "key,name,e-mail,post,seat,unit,since,account\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(cells: str) -> bytes:
    """A workbook of one table with these rows of XML, as table programs write it."""
    book = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        packed.writestr("_rels/.rels", relation("officeDocument", "xl/workbook.xml"))
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="P" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        packed.writestr("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"))
        packed.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return book.getvalue()


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, **cells: str) -> str:
    return f'<row r="{number}">' + "".join(cell(f"{name}{number}", text) for name, text in cells.items()) + "</row>"


@pytest.fixture
def desk(club: Club) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=club.members[1]))
    return client


def send(desk: Client, content: bytes | str, **more: str) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return desk.post(ADDRESS, {"file": SimpleUploadedFile("people.csv", data), "encoding": "utf-8", **more})


def kept(answer: HttpResponse) -> str:
    return answer.content.decode().split('name="kept" value="')[1].split('"')[0]


def test_a_clean_list_is_shown_and_then_entered_by_one_act(club: Club, desk: Client) -> None:
    answer = send(desk, HEAD + ",Lea Lund,lea@club.example,alternate member,2,Harbour,2026-02-01,yes\n")
    assert answer.status_code == 200
    assert not Person.objects.filter(name="Lea Lund").exists()
    before = Entry.objects.count()
    done = desk.post(f"{ADDRESS}enter/", {"kept": kept(answer)})
    assert done.status_code == 302
    assert Entry.objects.count() == before + 1
    lea = Person.objects.get(name="Lea Lund")
    held = Membership.objects.get(person=lea)
    assert (held.post.title, held.seat, held.group, held.starts) == (
        "alternate member",
        2,
        club.local,
        date(2026, 2, 1),
    )
    assert not Account.objects.get(person=lea).has_usable_password()
    told = sentence(Entry.objects.latest("pk"))
    assert told == (
        "A list of people was entered: 1 person was new, 0 were known, 1 post was given, 1 account was opened."
    )
    assert "club.example" not in str(Entry.objects.latest("pk").facts)
    assert verify() == []
    again = desk.post(f"{ADDRESS}enter/", {"kept": kept(answer)})
    assert "All of this is entered already" in again.content.decode()


def test_every_bad_cell_is_named_and_nothing_is_written(club: Club, desk: Client) -> None:
    bad = (
        ",,a@b.example,,,,,\n"
        ",Lea Lund,not an address,member,first,Nowhere,soon,maybe\n"
        ",Max Moor,,no such post,,,,yes\n"
        ",=SUM(A1),,,,,,\n"
        "nobody,Nils Nord,,,,,,\n"
    )
    answer = send(desk, HEAD + bad)
    assert answer.status_code == 422
    text = answer.content.decode()
    for said in (
        "the person&#x27;s full name",
        "this is no address",
        "this is no seat",
        "this is not a day",
        "this is neither yes nor no",
        "an account needs an address",
        "as formulas do",
        "nobody has this key",
    ):
        assert said in text, said
    assert "Enter the list" not in text
    assert not Person.objects.filter(name="Max Moor").exists()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (",Lea Lund,,no such post,,,,\n", "is no post here"),
        (",Lea Lund,,member,,,,\n", "has 9 seats, and no other is free"),
        (",Lea Lund,,alternate member,,Nowhere,,\n", "no unit is called so"),
        (",Lea Lund,ann@club.example,,,,,yes\n", "the same address, another name"),
        (",Lea Lund,l@b.example,,,,,\n,Leo Lund,l@b.example,,,,,\n", "row 2 has the same"),
        ("ann-adler,Ann Adler,,,,,,\nann-adler,Ann Adler,,,,,,\n", "row 2 has the same"),
        (",Lea Lund,,,,,,\n,lea  lund,,,,,,\n", "row 2 has the same"),
        ("ann-adler,Ann Adler,,,,,,\n,Ann Adler,ann@club.example,,,,,\n", "this is Ann Adler, like row 2"),
    ],
)
def test_what_does_not_fit_the_body_is_named_by_its_row(club: Club, desk: Client, cells: str, said: str) -> None:
    assert said in send(desk, HEAD + cells).content.decode()


def test_who_agrees_by_name_or_address_alone_is_asked_for(club: Club, desk: Client) -> None:
    answer = send(desk, HEAD + ",Kim Kern,other@club.example,alternate member,,,,\n")
    text = answer.content.decode()
    assert "the same name, another address or none" in text
    unsaid = desk.post(f"{ADDRESS}enter/", {"kept": kept(answer)})
    assert unsaid.status_code == 422
    assert "Say who Kim Kern in row 2 is" in unsaid.content.decode()
    assert Person.objects.filter(name="Kim Kern").count() == 1
    desk.post(f"{ADDRESS}enter/", {"kept": kept(answer), "match-2": str(club.outsider.pk)})
    assert Person.objects.filter(name="Kim Kern").count() == 1
    assert Membership.objects.filter(person=club.outsider).count() == 1


def test_a_namesake_becomes_a_person_of_their_own_when_the_desk_says_so(club: Club, desk: Client) -> None:
    answer = send(desk, HEAD + ",Kim Kern,,,,,,\n")
    desk.post(f"{ADDRESS}enter/", {"kept": kept(answer), "match-2": "new"})
    assert Person.objects.filter(name="Kim Kern").count() == 2


def test_an_answer_names_one_of_those_asked_about_and_nobody_else(club: Club, desk: Client) -> None:
    answer = send(desk, HEAD + ",Kim Kern,,alternate member,,,,\n")
    refused = desk.post(f"{ADDRESS}enter/", {"kept": kept(answer), "match-2": str(club.members[3].pk)})
    assert refused.status_code == 422
    assert Membership.objects.filter(person=club.members[3]).count() == 1


def test_a_list_altered_on_its_way_is_not_entered(club: Club, desk: Client) -> None:
    answer = send(desk, HEAD + ",Lea Lund,,,,,,\n")
    desk.post(f"{ADDRESS}enter/", {"kept": kept(answer)[:-3] + "abc"})
    assert not Person.objects.filter(name="Lea Lund").exists()


def test_a_list_is_looked_at_again_under_the_lock(club: Club) -> None:
    sheet = read_sheet((HEAD + ",Lea Lund,lea@club.example,alternate member,,,,yes\n").encode())
    lines, _faults = read_lines(sheet)
    import_people(by=club.secretary, body_id=club.body.pk, lines=lines, answers={}, today=date(2026, 3, 2))
    changed, _faults = read_lines(read_sheet((HEAD + ",Lee Lund,lea@club.example,,,,,yes\n").encode()))
    with pytest.raises(Refused, match="Say who Lee Lund"):
        import_people(by=club.secretary, body_id=club.body.pk, lines=changed, answers={}, today=date(2026, 3, 2))
    with pytest.raises(Refused, match="you may not do this"):
        import_people(by=club.chair, body_id=club.body.pk, lines=lines, answers={}, today=date(2026, 3, 2))


def test_a_file_in_another_encoding_is_refused_with_what_it_seems_to_be(club: Club, desk: Client) -> None:
    text = HEAD + ",Jörg Müller,,,,,,\n,Zoë Größe,,,,,,\n"
    answer = send(desk, text.encode("windows-1252"))
    assert answer.status_code == 422
    assert "This file is not written in UTF-8." in answer.content.decode()
    right = send(desk, text.encode("windows-1252"), encoding="windows-1252")
    assert "Jörg Müller" in right.content.decode()


@pytest.mark.parametrize("begin", ["\ufeff", ""])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_read_alike(begin: str, between: str) -> None:
    text = begin + f"name{between}e-mail\nLea Lund{between}l@b.example\n"
    lines, faults = read_lines(read_sheet(text.encode()))
    assert faults == []
    assert (lines[0].name, lines[0].email, lines[0].row) == ("Lea Lund", "l@b.example", 2)


def test_an_xlsx_file_is_read_with_the_numbers_its_program_shows() -> None:
    content = xlsx(row(1, A="name", B="since") + row(4, A="Lea Lund", B="2026-03-02"))
    lines, faults = read_lines(read_sheet(content))
    assert faults == []
    assert [(line.row, line.name, line.since) for line in lines] == [(4, "Lea Lund", "2026-03-02")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"name\n" + b"A\n" * 100_000, "more than 5000 rows"),
        (b"name" + b"," * 1_000_000, "more than 60 columns"),
        (b"name\n" + b"x" * 5_000_000, "larger than 4 MB"),
        (b"name\n\x00\n", "no table of text"),
        (b'name\n"unclosed', "cannot be read as CSV"),
        (b"PK\x03\x04 and nothing", "cannot be read as XLSX"),
        (xlsx(row(1, A="name") + row(2, XFD="far")), "more than 60 columns"),
        (xlsx(row(1, A="name") + row(100_000, A="far")), "more than 5000 rows"),
        (xlsx(row(1, A="name") + '<row r="2"><c r="A2"><f>1+1</f></c></row>'), "Cell A2 holds a formula"),
        (xlsx('<row r="1"><c r="A1"><v>' + " " * 70_000_000 + "</v></c></row>"), "more than 64 MB"),
    ],
    ids=["empty", "blank", "rows", "columns", "size", "nul", "quote", "zip", "far", "deep", "formula", "bomb"],
)
def test_what_is_no_list_is_refused_by_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content)
    assert said in refused.value.sentence


def test_a_million_blank_cells_without_a_value_do_no_harm() -> None:
    blank = "".join(f'<c r="{letter}{n}"/>' for n in range(2, 4000) for letter in ("XFA", "XFB", "XFC"))
    content = xlsx(row(1, A="name") + row(2, A="Lea Lund") + f"<row>{blank}</row>")
    lines, _faults = read_lines(read_sheet(content))
    assert [line.name for line in lines] == ["Lea Lund"]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        lines, faults = read_lines(read_sheet(content))
    except Unreadable as wrong:
        lines, faults = [], [wrong.sentence]
    assert lines or faults


def test_the_template_can_be_sent_back_as_it_is(club: Club, desk: Client) -> None:
    template = desk.get(f"{ADDRESS}template/").content
    lines, faults = read_lines(read_sheet(template))
    assert faults == []
    assert [fault.column for fault in plan(club.body, lines, {}, date(2026, 3, 2)).faults] == ["post"]


def test_a_list_is_for_the_desk(club: Club) -> None:
    member = Client()
    member.force_login(Account.objects.get(person=club.members[4]))
    assert member.get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302
