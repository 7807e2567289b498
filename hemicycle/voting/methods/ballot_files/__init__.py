"""Reading ballots from files of others: BLT, Debian's tally sheets, CSV. Tolerant, and clear where it refuses."""

from pathlib import Path

from hemicycle.voting.methods.ballot_files.blt import COMMENT, read_blt
from hemicycle.voting.methods.ballot_files.debian import looks_like_debian, read_debian
from hemicycle.voting.methods.ballot_files.found import Found, Unreadable
from hemicycle.voting.methods.ballot_files.tables import read_table

__all__ = ["Found", "Unreadable", "read", "read_text"]

MOST_BYTES = 512 * 1024 * 1024


def read(path: Path, candidates: tuple[str, ...] = ()) -> Found:
    """Read a file of ballots; `candidates` gives their order where the file has no list of them.

    Raises:
        Unreadable: the file is none of the known kinds, or a line of it cannot be understood.
        OSError: there is no such file, or it may not be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 1024**2} MB.")
    raw = path.read_bytes()
    return read_text(decoded(raw), candidates)


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 where it begins so, else as Windows wrote in the west."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_text(text: str, candidates: tuple[str, ...] = ()) -> Found:
    """Read ballots from a text, telling by its lines which kind it is."""
    if not text.strip() or "\0" in text:
        raise Unreadable("There are no ballots in this file.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    if looks_like_debian(lines):
        return read_debian(lines)
    if looks_like_blt(lines):
        return read_blt(lines)
    return read_table(lines, candidates)


def looks_like_blt(lines: list[str]) -> bool:
    """Say whether the first line with anything on it holds two whole numbers and nothing else but a comment."""
    words = next((words for line in lines if (words := COMMENT.sub("", line).split())), [])
    return len(words) == 2 and all(word.isdecimal() for word in words)
