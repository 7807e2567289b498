"""The private keys of secret ballots: files in HEMICYCLE_KEYS, outside the database and its backups.

A key is on the disk before its ballot opens, and is destroyed once the ballot was closed or voided. Its file is named
after the public key, which the ballot's row holds. Whoever opens a ballot holds a lock on the file until the row is
committed, so that `sweep` takes away only what a crash left: a key without its ballot, or of a ballot that is over.
"""

import contextlib
import fcntl
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections
from nacl.public import PrivateKey

from hemicycle.journal.act import Refused
from hemicycle.voting.models import Ballot, Method

FOLDER = "ballots"
ENDING = ".key"
log = logging.getLogger(__name__)


class KeyAway(Exception):
    """The key of a ballot is not here: it was destroyed, or lies on another machine."""


def folder() -> Path:
    """Return the folder of the keys of open secret ballots."""
    return Path(settings.CONFIG.keys) / FOLDER


def key_for(method: str) -> contextlib.AbstractContextManager[str]:
    """Return what makes the key of a ballot by this method: of one that is not secret in the box there is none."""
    return new_key() if method == Method.SECRET else contextlib.nullcontext("")


@contextlib.contextmanager
def new_key() -> Iterator[str]:
    """Make a key, write it to the disk, and yield its public half in hex.

    The file is held while the ballot is written. Where that is refused, the key is destroyed again; where it fails
    otherwise, it may have been written all the same, and `sweep` looks.
    """
    private = PrivateKey.generate()
    public = bytes(private.public_key).hex()
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / f"{public}{ENDING}"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(bytes(private))
        os.fsync(file.fileno())
        for one in (place, place.parent):
            keep(one)
        try:
            yield public
        except Refused:
            destroy(public)
            raise


def private_key(public: str) -> bytes:
    """Return the private key of an open ballot.

    Raises:
        KeyAway: it is not here.
    """
    try:
        return (folder() / f"{public}{ENDING}").read_bytes()
    except FileNotFoundError:
        raise KeyAway(public) from None


def destroy(public: str) -> None:
    """Take a key away for good: its bytes are written over, then its file goes. Where it is gone nothing happens."""
    path = folder() / f"{public}{ENDING}"
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(PrivateKey.SIZE))
            os.fsync(file.fileno())
        path.unlink()
        keep(path.parent)


def keep(place: Path) -> None:
    """Let what a folder lists survive a power cut."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sweep() -> int:
    """Destroy the keys of no open ballot, which a crash left behind; return how many there were."""
    gone = 0
    for path in sorted(folder().glob(f"*{ENDING}")):
        with contextlib.suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
            # Whoever opens a ballot holds the file until its row is there to be seen.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not Ballot.objects.filter(box_key=path.stem, closed=None, voided=None).exists():
                destroy(path.stem)
                gone += 1
    if gone:
        log.warning("%d keys of secret ballots that are over were destroyed.", gone)
    return gone


def sweep_forever(stop: threading.Event, every: float = 60) -> None:
    """Sweep at the start and every minute until told to stop: the worker's follower."""
    while not stop.is_set():
        sweep()
        connections.close_all()
        stop.wait(every)
