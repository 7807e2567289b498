"""A backup goes round: taken while others write, restored into an empty place, and verified there."""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hemicycle.command import Stop
from hemicycle.command.archive import MANIFEST, packing, unpack
from hemicycle.command.tests.apart import Place, place_apart, place_like
from tests.world import World

FOUND = """
from pathlib import Path
from django.conf import settings
from hemicycle.demo.club import found_club
found_club()
for name in ("documents/2026/03/a b.pdf", "documents/2026/03/ü.txt"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode() * 1000)
"""
WRITE = """
import sys
from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Installation
from hemicycle.journal.act import Actor
by = Actor("Ada Admin", "administrator", "administrator", "The installation", Installation.objects.get().book_id)
number = 0
print("begun", flush=True)
import select
while not select.select([sys.stdin], [], [], 0)[0]:
    number += 1
    register_persons(by=by, people=[NewPerson(f"Writer {number}")])
print(number, flush=True)
"""
HEADS = """
import json
from hemicycle.journal.models import Book, Checkpoint
print(json.dumps([[str(b.uuid), b.head_number, b.head_digest] for b in Book.objects.order_by("pk")]))
"""


@pytest.fixture(scope="module")
def founded(tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with the club and two files."""
    with place_like(tables_template, tmp_path_factory.mktemp("founded") / "data") as place:
        place.python(FOUND)
        yield place


@pytest.fixture
def empty(tmp_path: Path, django_db_setup: None) -> Iterator[Place]:
    """An empty place."""
    with place_apart(tmp_path / "empty") as place:
        yield place


@pytest.fixture(scope="module")
def archives(founded: Place) -> tuple[Path, Path]:
    """A backup of the founded place, and its keys."""
    archive, keys = founded.data / "backup.tar.gz", founded.data / "keys.tar.gz"
    done = founded.run("backup", "-o", str(archive), "--keys", str(keys))
    assert (done.returncode, done.stderr) == (0, "")
    return archive, keys


def test_a_backup_goes_round(founded: Place, empty: Place, archives: tuple[Path, Path]) -> None:
    archive, keys = archives
    done = empty.run("restore", str(archive), "--keys", str(keys))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Everything holds" in done.stdout
    assert empty.python(HEADS) == founded.python(HEADS)
    for name in ("a b.pdf", "ü.txt"):
        there = empty.data / "files/documents/2026/03" / name
        assert there.read_bytes() == f"documents/2026/03/{name}".encode() * 1000
    for name in ("secret_key", "checkpoint_key", "checkpoint_key.pub"):
        assert (empty.data / "keys" / name).read_bytes() == (founded.data / "keys" / name).read_bytes()
        assert (empty.data / "keys" / name).stat().st_mode & 0o077 == 0
    again = empty.run("verify", "--sign")
    assert (again.returncode, "Everything holds" in again.stdout) == (0, True)


def test_the_keys_stay_apart(founded: Place, archives: tuple[Path, Path]) -> None:
    archive, keys = archives
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert not any("key" in name for name in names)
    secret = (founded.data / "keys" / "checkpoint_key").read_bytes()
    assert secret not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == keys.stat().st_mode & 0o077 == 0


def test_without_the_keys_the_signatures_are_still_trusted(empty: Place, archives: tuple[Path, Path]) -> None:
    done = empty.run("restore", str(archives[0]))
    assert (done.returncode, done.stderr) == (0, "")
    signed = empty.run("verify", "--sign")
    assert (signed.returncode, "Everything holds" in signed.stdout) == (0, True)


def test_a_backup_is_whole_while_others_write(founded: Place, empty: Place, tmp_path: Path) -> None:
    writer = founded.start(WRITE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    archive = tmp_path / "while.tar.gz"
    done = founded.run("backup", "-o", str(archive))
    written, _nothing = writer.communicate("stop\n", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(written) > 3
    restored = empty.run("restore", str(archive))
    assert (restored.returncode, "Everything holds" in restored.stdout) == (0, True), restored.stderr
    assert founded.run("verify").returncode == 0


def test_nothing_is_restored_over_anything(founded: Place, archives: tuple[Path, Path]) -> None:
    before = founded.python(HEADS)
    done = founded.run("restore", str(archives[0]))
    assert done.returncode == 2
    assert "The database is not empty" in done.stderr
    assert founded.python(HEADS) == before


def test_files_that_are_there_are_not_written_over(empty: Place, archives: tuple[Path, Path]) -> None:
    (empty.data / "files").mkdir(parents=True)
    (empty.data / "files" / "mine.txt").write_text("mine", encoding="utf-8")
    done = empty.run("restore", str(archives[0]))
    assert (done.returncode, "There are files" in done.stderr) == (2, True)


def test_keys_that_are_there_are_not_written_over(empty: Place, archives: tuple[Path, Path]) -> None:
    (empty.data / "keys").mkdir(parents=True)
    (empty.data / "keys" / "checkpoint_key").write_text("mine", encoding="ascii")
    done = empty.run("restore", str(archives[0]), "--keys", str(archives[1]))
    assert (done.returncode, "There are keys" in done.stderr) == (2, True)


def test_a_backup_is_never_written_over(founded: Place, archives: tuple[Path, Path]) -> None:
    before = archives[0].read_bytes()
    done = founded.run("backup", "-o", str(archives[0]))
    assert (done.returncode, "never written over" in done.stderr) == (2, True)
    assert archives[0].read_bytes() == before
    same = founded.run("backup", "-o", "x.tar.gz", "--keys", "x.tar.gz")
    assert (same.returncode, "another file" in same.stderr) == (2, True)


def test_a_backup_comes_back_into_its_own_kind_of_database(
    founded: Place, archives: tuple[Path, Path], tmp_path: Path
) -> None:
    other = rewritten(archives[0], tmp_path, lambda manifest: manifest.update(database="oracle"))
    with place_apart(tmp_path / "empty") as empty:
        done = empty.run("restore", str(other))
    assert (done.returncode, "a backup of a oracle database" in done.stderr) == (2, True)


def rewritten(archive: Path, folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Return a copy of an archive whose manifest was changed."""
    target = folder / "rewritten.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = content.read()
            if member.name == MANIFEST:
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def hostile(folder: Path, *members: tuple[str, bytes, bytes | None]) -> Path:
    """Return an archive made by somebody else: name, kind and content of each member."""
    path = folder / "hostile.tar.gz"
    listed = {}
    with tarfile.open(path, "w:gz") as tar:
        for name, kind, data in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            info.size = len(data or b"")
            tar.addfile(info, io.BytesIO(data or b""))
            listed[name] = {"size": info.size, "sha256": hashlib.sha256(data or b"").hexdigest()}
        text = json.dumps({"format": "hemicycle backup 1", "members": listed}).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("files/../../outside", tarfile.REGTYPE),
        ("files/link", tarfile.SYMTYPE),
        ("files/link", tarfile.LNKTYPE),
        ("files/device", tarfile.CHRTYPE),
        ("files/pipe", tarfile.FIFOTYPE),
    ],
)
def test_an_archive_cannot_reach_outside_its_place(tmp_path: Path, name: str, kind: bytes) -> None:
    place = tmp_path / "a" / "b"
    place.mkdir(parents=True)
    with pytest.raises(Stop, match="Nothing was restored"):
        unpack(hostile(tmp_path, (name, kind, b"x" if kind == tarfile.REGTYPE else None)), place)
    assert not list(tmp_path.rglob("outside"))


def test_an_absolute_name_stays_inside_the_place(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(Stop):
        unpack(hostile(tmp_path, ("/tmp/hemicycle-outside", tarfile.REGTYPE, b"x")), place)  # noqa: S108 -- the attack
    assert not Path("/tmp/hemicycle-outside").exists()  # noqa: S108 -- the attack


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small archive of two files."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a", "b"):
        (source / name).write_text(name * 100, encoding="ascii")
    with packing(tmp_path / "small.tar.gz") as archive:
        assert archive.add_folder(source, "files") == 2
        archive.finish()
    return tmp_path / "small.tar.gz"


def unpacked(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack an archive into a new folder."""
    place = folder / "place"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return unpack(archive, place)


def test_what_was_packed_comes_out_again(small: Path, tmp_path: Path) -> None:
    assert unpacked(small, tmp_path)["members"].keys() == {"files/a", "files/b"}
    assert (tmp_path / "place/files/a").read_text(encoding="ascii") == "a" * 100
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def altered(members: dict[str, Any]) -> None:
    members["files/a"]["sha256"] = "0" * 64


def one_less(members: dict[str, Any]) -> None:
    del members["files/a"]


def one_more(members: dict[str, Any]) -> None:
    members["files/c"] = members["files/a"]


@pytest.mark.parametrize("change", [altered, one_less, one_more])
def test_an_archive_that_is_not_as_it_was_written_is_refused(
    small: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    other = rewritten(small, tmp_path, lambda manifest: change(manifest["members"]))
    with pytest.raises(Stop, match="not as it was written"):
        unpacked(other, tmp_path)


def test_an_archive_cut_off_or_of_something_else_is_refused(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()
    for number, data in enumerate((whole[: len(whole) // 2], b"", b"PK\x03\x04 something else")):
        broken = tmp_path / f"broken-{number}.tar.gz"
        broken.write_bytes(data)
        with pytest.raises(Stop, match="no whole backup"):
            unpacked(broken, tmp_path)
    with pytest.raises(Stop, match="There is no file"):
        unpacked(tmp_path / "nowhere", tmp_path)


def test_a_backup_that_fails_leaves_nothing_half_written(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), packing(tmp_path / "x.tar.gz"):
        1 / 0  # noqa: B018 -- any failure
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="only PostgreSQL needs its tools")
def test_without_its_tools_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from hemicycle.command.backup import tool

    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Stop, match="postgresql-client"):
        tool("pg_dump")
