"""Pages that nobody should send, by name: too long, too deep, too many, broken, locked, or out to fill the memory."""

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import pypdf

MEGABYTE = 1_000_000
DEEP = 100_000
MINUTES = """COUNCIL OF KARESH
Minutes of the meeting held on 4 May 2020
Present: Mara Lind (chair), Jonas Brandt
It was resolved that the harbour be repaired. Carried 4-1.
"""
DOCUMENT = "word/document.xml"
OPENING = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
CLOSING = "</w:body></w:document>"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(*parts: bytes, times: int = 1) -> bytes:
    """A DOCX whose document is these parts, the middle one as often as is said."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        with archive.open(DOCUMENT, "w", force_zip64=True) as file:
            file.write(parts[0])
            for _ in range(times):
                file.write(parts[1])
            file.write(parts[2])
    return made.getvalue()


def paragraphs(text: str, times: int) -> bytes:
    """A DOCX of many paragraphs."""
    return docx(OPENING.encode(), f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode(), CLOSING.encode(), times=times)


def zip_bomb() -> bytes:
    """A DOCX of half a megabyte that unpacks to six hundred."""
    return docx(
        f"{OPENING}<w:p><w:r><w:t>".encode(), b" " * (1 << 20), f"</w:t></w:r></w:p>{CLOSING}".encode(), times=600
    )


def entity_bomb() -> bytes:
    """A DOCX whose entities stand for each other ten times over."""
    names = "abcdefghij"
    entities = '<!ENTITY a "laughter ">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    opening = OPENING.replace("<w:document", f"<!DOCTYPE w:document [{entities}]><w:document")
    return docx(opening.encode(), b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", CLOSING.encode())


def broken_docx() -> bytes:
    """A DOCX whose document breaks off in the middle of a word."""
    return docx(OPENING.encode(), b"<w:p><w:r><w:t>Minutes of the mee", b"")


def rotten_docx() -> bytes:
    """A DOCX whose packed words are overwritten, as ten minutes of atheris found them to bring the reader down."""
    whole = bytearray(paragraphs("Minutes of the meeting", 99))
    at = whole.index(DOCUMENT.encode()) + len(DOCUMENT) + 20
    whole[at + 40 : at + 60] = b"\x7f" * 20
    return bytes(whole)


def empty_zip() -> bytes:
    """An archive with nothing in it, called a document."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w"):
        pass
    return made.getvalue()


def pdf_pages(count: int, password: str = "") -> bytes:
    """A PDF of blank pages, locked where a password is given."""
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def looping_pdf() -> bytes:
    """A PDF whose page tree is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def line(words: str, size: int = 50 * MEGABYTE) -> bytes:
    """One line of so many bytes, of the same words."""
    piece = words.encode()
    return piece * (size // len(piece))


def many(words: str, size: int = 5 * MEGABYTE) -> bytes:
    """Many lines of the same words."""
    return line(f"{words}\n", size)


Builder = Callable[[], bytes]
LIGHT: dict[str, Builder] = {
    "nothing.txt": lambda: b"",
    "spaces.txt": lambda: b" \n\t\r\n" * 1000,
    "nulls.txt": lambda: b"\x00" * MEGABYTE,
    "nulls_between.txt": lambda: b"\x00".join(MINUTES.encode()[at : at + 1] for at in range(len(MINUTES))),
    "nulls_in_words.txt": lambda: MINUTES.replace("e", "e\x00").encode() * 20,
    "utf16.txt": lambda: MINUTES.encode("utf-16"),
    "half_utf8.txt": lambda: ("Prés\u2019 " * 999).encode()[:-2],
    "controls.txt": lambda: bytes(range(32)) * 999 + MINUTES.encode(),
    "deep.html": lambda: b"<div>" * DEEP + b"<p>" + MINUTES.encode(),
    "deep_closed.html": lambda: b"<div><ul><li>" * DEEP + MINUTES.encode() + b"</li></ul></div>" * DEEP,
    "deep_inline.html": lambda: b"<html><body><p>" + b"<b><i>" * DEEP + MINUTES.encode(),
    "deep_tables.html": lambda: b"<table><tr><td>" * DEEP + MINUTES.encode(),
    "open_tags.html": lambda: b"<html><body>" + b"<a href='" * DEEP,
    "many_comments.html": lambda: b"<html>" + b"<!-- -" * DEEP,
    "attributes.html": lambda: b"<html><p " + b"class=a " * DEEP + b">" + MINUTES.encode(),
    "entities.html": lambda: b"<html><p>" + b"&#x1F600;&bogus;&#0;&#xD800;" * 9999,
    "deep_quotes.md": lambda: b">" * DEEP + b" " + MINUTES.encode(),
    "deep_lists.md": lambda: b"".join(b"  " * depth + b"- item\n" for depth in range(2000)),
    "brackets.md": lambda: b"# Minutes\n\n" + b"[" * DEEP + b"](" * DEEP,
    "stars.md": lambda: b"# Minutes\n\n" + b"**_" * DEEP,
    "parentheses.txt": lambda: MINUTES.encode() + b"(" * DEEP + b")" * DEEP,
    "quotes.txt": lambda: MINUTES.encode() + "“He said: ".encode() * 20_000,
    "pdf_head.pdf": lambda: b"%PDF-1.7\n" + b"obj <</ " * 999,
    "pdf_cut.pdf": lambda: pdf_pages(9)[:-400],
    "pdf_blank.pdf": lambda: pdf_pages(3),
    "pdf_locked.pdf": lambda: pdf_pages(3, "secret"),
    "pdf_loop.pdf": looping_pdf,
    "png_head.png": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 999,
    "empty_zip.docx": empty_zip,
    "broken.docx": broken_docx,
    "rotten.docx": rotten_docx,
    "cut.docx": lambda: paragraphs("Minutes", 99)[:-120],
    "text.docx": MINUTES.encode,
    "entity_bomb.docx": entity_bomb,
    "deep.docx": lambda: docx(OPENING.encode(), b"<w:tbl><w:tr><w:tc>", CLOSING.encode(), times=DEEP),
    "text.pdf": MINUTES.encode,
    "arabic.txt": lambda: ("عقد المجلس اجتماعه السابع يوم الأحد ٤ أيار ٢٠٢٠ برئاسة مارا ليند.\n\n" * 99).encode(),
    "hebrew.html": lambda: ("<html dir=rtl><p>\u202eישיבת המועצה\u202c נפתחה ב-4 במאי 2020.</p>" * 99).encode(),
    "marks.txt": lambda: ("M" + "\u0301\u0316" * 500 + "inutes\u200b\ufeff\u2028 ").encode() * 99,
    "faces.txt": lambda: ("👩‍👩‍👧‍👦🏳️‍🌈 Present: 🙂. " * 999).encode(),
}
HEAVY: dict[str, Builder] = {
    "words_50_mb.txt": lambda: line("The Council met on Sunday and adopted the plan "),
    "sentences_50_mb.txt": lambda: line("The Council met on 4 May 2020 in Karesh. It was resolved to act. "),
    "letters_50_mb.txt": lambda: line("a"),
    "dots_50_mb.txt": lambda: line("."),
    "capitals_50_mb.txt": lambda: line("Mara Lind, "),
    "digits_50_mb.txt": lambda: line("4/5/2020 "),
    "hyphens_50_mb.txt": lambda: line("state-"),
    "blanks_50_mb.txt": lambda: MINUTES.encode() + line(" ") + b"END",
    "empty_lines_50_mb.txt": lambda: MINUTES.encode() + line("\n") + b"END",
    "signs_50_mb.html": lambda: b"<html><p>" + line("<"),
    "line_50_mb.html": lambda: b"<html><body><h1>Minutes</h1><p>" + line("The Council met on Sunday. "),
    "script_50_mb.html": lambda: b"<html><script>" + line("var a=1;") + b"</script><p>" + MINUTES.encode(),
    "teasers.html": lambda: (
        b"<html><body>" + line("<div><h3><a>Bridge opens</a></h3><p>It opened</p></div>", 5 * MEGABYTE)
    ),
    "different_lines.txt": lambda: b"".join(
        b"Item %d: the board met in room %d\n\n" % (at, at * 7) for at in range(DEEP)
    ),
    "same_lines.txt": lambda: many("Bridge opens after repair, mayor says"),
    "headings.md": lambda: many("## Heading of a report\n"),
    "rows.md": lambda: many("| one | two | three |"),
    "motions.txt": lambda: many("Poole moved, Rao seconded, to approve the plan. Motion carried 4-0.", 2 * MEGABYTE),
    "minutes.txt": lambda: MINUTES.encode() * 9999,
    "continued.txt": lambda: many("He continued:\n\n", 2 * MEGABYTE),
    "numbers.txt": lambda: b"".join(b"%d. Item of the agenda\n" % at for at in range(DEEP)),
    "chat.txt": lambda: many("[15:01:12] <noor> +1", 2 * MEGABYTE),
    "hyphenated.txt": lambda: many("the com-\nmittee has re-", 2 * MEGABYTE),
    "many_paragraphs.docx": lambda: paragraphs("The board met on 4 May 2020 in room 7.", DEEP),
    "zip_bomb.docx": zip_bomb,
    "pages.pdf": lambda: pdf_pages(3000),
}
