"""Which pages there are to read, what they are called, and where what was read of them is kept."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hemicycle.command import Stop

PAGES = frozenset(
    {".txt", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".md", ".markdown"}
    | {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
)
HEAD = 400
MARK = re.compile(r'\A\{"source_sha256": "([0-9a-f]{64})", "reader": "([^"]*)"')


@dataclass(frozen=True, slots=True)
class Source:
    """A page to read, and its name, which is unlike every other's."""

    name: str
    path: Path


def sources(named: list[Path]) -> list[Source]:
    """Return the pages that are named and those in the folders that are named, each once. Raises Stop."""
    for path in named:
        if not path.exists():
            raise Stop(f"There is no page or folder called {path}. Nothing was read.", 2)
    found = {os.path.realpath(path): (base, path) for base, path in walked(named)}
    short = [str(path.relative_to(base)) for base, path in found.values()]
    shared = os.path.commonpath([path.absolute().parent for _base, path in found.values()] or [Path.cwd()])
    long = [str(path.absolute().relative_to(shared)) for _base, path in found.values()]
    names = short
    if len(set(names)) < len(names):
        twice = {name for name, times in Counter(short).items() if times > 1}
        names = [full if name in twice else name for name, full in zip(short, long, strict=True)]
    if len(set(names)) < len(names):
        names = long
    return [Source(name, path) for name, (_base, path) in zip(names, found.values(), strict=True)]


def walked(named: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each page with the folder that its name is taken from; hidden files and other kinds are left out."""
    for path in named:
        if not path.is_dir():
            yield path.parent, path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                page = Path(folder, name)
                waits = page.exists() and not page.is_file()  # A pipe or a device would never end.
                if not name.startswith(".") and page.suffix.lower() in PAGES and not waits:
                    yield path, page


def make_room(out: Path) -> None:
    """Make the folder that readings are written into. Raises Stop."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Stop(f"{out} is a file; --out takes a folder. Nothing was read.", 2) from None
    except OSError as error:
        raise Stop(f"The folder {out} cannot be made: {error.strerror or error}. Nothing was read.", 2) from error


def place(source: Source, out: Path) -> Path:
    """Return the file that what was read of a page goes into."""
    return out / f"{source.name}.json"


def done_already(source: Source, out: Path, sign: str) -> bool:
    """Whether this page, with this content, was read before by the same reader in the same shape."""
    try:
        with place(source, out).open(encoding="utf-8") as file:
            marked = MARK.match(file.read(HEAD))
        return bool(marked and marked[2] == sign and marked[1] == digest(source.path))
    except (OSError, ValueError):
        return False  # Not there or not readable: read again, and say then what is wrong.


def digest(path: Path) -> str:
    """Return the content hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(source: Source, out: Path, line: str) -> None:
    """Write what was read of a page, whole or not at all."""
    path = place(source, out)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(line + "\n", encoding="utf-8")
    part.replace(path)
