"""Whoever has every dump of the database, with its log and the backups, links no secret vote to its voter.

Votes are cast one by one, so that each is a batch of its own; after each of them everything is copied: on SQLite the
files with the write-ahead log, on PostgreSQL a dump with the system columns, and the log since the beginning. Then the
attack is tried: once without the key, which fails, and once with it, which shows that the copies would have told.
"""

import asyncio
import shutil
import subprocess
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import psycopg
import pytest
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from hemicycle.voting.sealing import KEY, length_of, unseal
from tests.door.server import Door, World, cast

pytestmark = pytest.mark.door
CHOICES = ("for", "against", "for", "abstain", "against", "for", "for")
# By number on the list: sorted otherwise than the voters voted.
CODES = ("MIKEMIKE", "ZULUZULU", "ALFAALFA", "TANGOTANGO", "BRAVOBRAVO", "KILOKILO", "ECHOECHO")


def position(world: World) -> str:
    """Return where PostgreSQL's write-ahead log stands."""
    with psycopg.connect(world.database_url) as connection:
        row = connection.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()
    assert row
    return str(row[0])


def dump(world: World, folder: Path, since: str) -> None:
    """Copy all that the database and the operator's folder hold at this moment, but for the keys."""
    shutil.copytree(world.data, folder, ignore=shutil.ignore_patterns("keys", "static", "search"))
    if not world.database_url.startswith("postgres"):
        return
    with psycopg.connect(world.database_url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).fetchall()
        with (folder / "tables").open("wb") as file:
            for (table,) in tables:
                rows = connection.execute(f'SELECT ctid, xmin, xmax, * FROM "{table}"')  # type: ignore[call-overload]  # noqa: S608
                file.writelines(f"{table} {row}\n".encode() for row in rows)
        files = connection.execute("SELECT name FROM pg_ls_waldir() WHERE name >= %s AND length(name) = 24", [since])
        with (folder / "wal").open("wb") as file:
            for (name,) in files.fetchall():
                part = connection.execute("SELECT pg_read_binary_file('pg_wal/' || %s)", [name]).fetchone()
                assert part
                file.write(part[0])


def backup(world: World, path: Path) -> None:
    """Back up everything, the keys too, as an operator does."""
    subprocess.run(
        [
            *world.command()[:1], "-m", "hemicycle", "backup", "-o", str(path), "--keys", f"{path}.keys"
        ],
        env=world.environ, check=True, capture_output=True,
    )  # fmt: skip
    with_keys = path.with_suffix(".d")
    for archive in (path, Path(f"{path}.keys")):
        shutil.unpack_archive(archive, with_keys / archive.name, format="gztar")


def held(folder: Path) -> list[bytes]:
    """Return every file of the copies."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def stands_in(secret: bytes, copies: list[bytes]) -> bool:
    """Say whether a secret stands in one of the copies, as it is, in hex, or in Base64."""
    forms = (secret, secret.hex().encode(), b64encode(secret), urlsafe_b64encode(secret), repr(secret).encode())
    return any(form in one for one in copies for form in forms)


def test_no_dump_links_a_secret_vote_to_its_voter(world: World, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    since = position(world) if world.database_url.startswith("postgres") else ""
    sealed: dict[int, bytes] = {}
    with Door(world) as door:
        opened = world.hall("vote", "secret vote")
        ballot = opened["opened"]
        (key_file,) = (world.data / "keys" / "ballots").iterdir()
        key = key_file.read_bytes()
        for number, (card, choice, code) in enumerate(zip(opened["cards"], CHOICES, CODES, strict=True)):
            answer = asyncio.run(cast(door.port, ballot, card, choice, f"request-{number}", code))
            assert answer
            assert answer[1]["outcome"] == "counted"
            dump(world, copies / f"vote-{number}", since)
            for row in world.rows("SELECT sealed FROM voting_sealedvote") - set(sealed.values()):
                sealed[number] = row
        backup(world, copies / "backup.tar.gz")
        before = held(copies)
        world.hall("close", str(ballot))
        dump(world, copies / "after", since)
        backup(world, copies / "after.tar.gz")
    after = held(copies)

    for code in CODES:
        assert not any(code.encode() in one for one in before), "A code stood in a copy of the open box."
        assert any(code.encode() in one for one in after), "The attack looks in the right place."
    assert all(stands_in(row, before) for row in sealed.values()), "The copies hold every sealed vote."
    assert not stands_in(key, before)
    assert not stands_in(key, held(world.data / "keys") + after), "Something kept the key."

    # Without the key nothing opens; with it every copy of the open box tells who voted how.
    for number, row in sealed.items():
        with pytest.raises(CryptoError):
            Box(PrivateKey.generate(), PublicKey(row[:KEY])).decrypt(row[KEY:])
        (paper,) = unseal(key, [(row, 1)], length_of(0))
        assert (paper.code, paper.said) == (CODES[number], CHOICES[number])
    assert len({len(row) for row in sealed.values()}) == 1
    assert len({row[:KEY] for row in sealed.values()}) == len(CODES), "Each vote was a batch of its own."

    place = "ctid::text" if since else "printf('%06d', id)"
    listed = sorted(world.rows(f"SELECT {place} || ' ' || code FROM voting_boxpaper"))  # noqa: S608  # Our own names.
    assert [one.split()[-1] for one in listed] == sorted(CODES), "In the order of their codes, not of their voters."
    if since:
        assert len(world.rows("SELECT xmin::text FROM voting_boxpaper")) == 1
    assert (world.data / "server.log").read_text(encoding="utf-8").find("request-") == -1
