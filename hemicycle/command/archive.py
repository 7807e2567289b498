"""A backup as a file: a compressed tar archive whose last member, the manifest, knows the digest of every other."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from hemicycle.command import Stop

FORMAT = "hemicycle backup 1"
MANIFEST = "manifest.json"
CHUNK = 1 << 20


class Reading:
    """A file that is digested while it is read into the archive."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        part = self.file.read(size)
        self.digest.update(part)
        return part


class Packing:
    """An archive being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, path: Path, name: str) -> None:
        """Add a file under a name."""
        with path.open("rb") as file:
            info = self.tar.gettarinfo(arcname=name, fileobj=file)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            info.mode = 0o600
            reading = Reading(file)
            self.tar.addfile(info, reading)
        self.members[name] = {"size": info.size, "sha256": reading.digest.hexdigest()}

    def add_folder(self, folder: Path, name: str, *, without: str = "") -> int:
        """Add every file below a folder, but for those in one folder of it; return how many there are."""
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
        files = [path for path in files if not without or path.relative_to(folder).parts[0] != without]
        for path in files:
            self.add(path, f"{name}/{path.relative_to(folder).as_posix()}")
        return len(files)

    def finish(self, **more: Any) -> None:
        """Write the manifest, the last member."""
        text = json.dumps({"format": FORMAT, **more, "members": self.members}, ensure_ascii=False, indent=1)
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text.encode()), 0o600
        self.tar.addfile(info, io.BytesIO(text.encode()))


@contextmanager
def packing(path: Path) -> Iterator[Packing]:
    """Write an archive beside its place, for its owner alone, and put it there when it is whole.

    Raises:
        Stop: there is such a file already.
    """
    if path.exists():
        raise Stop(f"{path} is there already. A backup is never written over; name another file.", 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                yield Packing(tar)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def unpack(path: Path, place: Path) -> dict[str, Any]:
    """Unpack an archive into an empty folder, check every file against the manifest, and return the manifest.

    Raises:
        Stop: it is no backup, or not as it was written.
    """
    if not path.is_file():
        raise Stop(f"There is no file {path}.", 2)
    try:
        with tarfile.open(path, mode="r:gz") as tar:
            for member in tar:
                if not member.isreg():
                    raise Stop(f"{path} holds “{member.name}”, which is no plain file. Nothing was restored.")
                tar.extract(member, place, filter="data")
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        known = manifest["format"] == FORMAT
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise Stop(f"{path} is no whole backup of Hemicycle ({error}). Nothing was restored.") from error
    if not known:
        raise Stop(f"{path} was written by another version of Hemicycle. Nothing was restored.")
    check(path, place, manifest["members"])
    return manifest


def check(path: Path, place: Path, members: dict[str, dict[str, Any]]) -> None:
    """Compare what was unpacked with the manifest."""
    found = {file.relative_to(place).as_posix() for file in place.rglob("*") if file.is_file()} - {MANIFEST}
    for name in sorted(found ^ members.keys()):
        raise Stop(f"{path} is not as it was written: “{name}” is {'too much' if name in found else 'missing'}.")
    for name, known in members.items():
        if sha256_of(place / name) != known["sha256"]:
            raise Stop(f"{path} is not as it was written: “{name}” was altered. Nothing was restored.")


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            made.update(part)
    return made.hexdigest()
