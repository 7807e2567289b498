"""What kind of file something is, by its content and not only its name. Pure: no database, no Django."""

import codecs
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO

TEXT_CHUNK = 1 << 16

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
# The stated type is read no further than this, whatever the archive claims.
LONGEST_NAME_OF_TYPE = 200
DAMAGED = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError)


def media_type(name: str, file: IO[bytes]) -> str | None:
    """Return the media type of a file that meetings take, or None where its content is not what its name says.

    The file is read from its beginning and left there.
    """
    found = KINDS.get(PurePath(name).suffix.lower())
    if found is None:
        return None
    kind, looks_like_it = found
    file.seek(0)
    try:
        return kind if looks_like_it(file) else None
    finally:
        file.seek(0)


def begins_with(*signatures: bytes) -> Callable[[IO[bytes]], bool]:
    """Return the test whether a file begins with one of these signatures."""
    return lambda file: file.read(16).startswith(signatures)


def is_text(file: IO[bytes]) -> bool:
    """Say whether a file is text in UTF-8, without control characters that no text has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(TEXT_CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_word(file: IO[bytes]) -> bool:
    """Say whether a file is a Word document: an archive that names its parts, of which one is the document."""
    parts = parts_of(file)
    return "[Content_Types].xml" in parts and "word/document.xml" in parts


def is_open_text(file: IO[bytes]) -> bool:
    """Say whether a file is an OpenDocument text: an archive that states its own type."""
    if "mimetype" not in parts_of(file):
        return False
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive, archive.open("mimetype") as stated:
            return stated.read(LONGEST_NAME_OF_TYPE).strip() == OPEN_TEXT.encode()
    except (*DAMAGED, zlib.error, RuntimeError):
        return False


def parts_of(file: IO[bytes]) -> frozenset[str]:
    """Return the names of an archive's parts; none where the file is no archive or a damaged one."""
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


KINDS: dict[str, tuple[str, Callable[[IO[bytes]], bool]]] = {
    ".pdf": ("application/pdf", begins_with(b"%PDF-")),
    ".txt": ("text/plain", is_text),
    ".md": ("text/markdown", is_text),
    ".docx": (WORD, is_word),
    ".odt": (OPEN_TEXT, is_open_text),
    ".png": ("image/png", begins_with(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", begins_with(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", begins_with(b"\xff\xd8\xff")),
}
