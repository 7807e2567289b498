"""Signed statements of the heads of the books: a chain whose tail was cut off is a valid chain, but reaches them not.

The key stands outside the database, in the folder of keys, with the public keys that this installation ever used.
"""

import contextlib
import json
import os
import threading
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connections

from hemicycle.journal.canonical import Json, timestamp, written
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book, Checkpoint, Entry

PRIVATE, PUBLIC, HEADS = "checkpoint_key", "checkpoint_key.pub", "signed_heads.json"


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs heads; made at its first use, for this account's eyes only."""
    folder: Path = settings.CONFIG.keys
    path = folder / PRIVATE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = folder / f"{PRIVATE}.{os.getpid()}.{threading.get_ident()}"
        made.touch(mode=0o600)
        made.write_text(Ed25519PrivateKey.generate().private_bytes_raw().hex(), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(made, path)  # Of two processes that start at once, one wins and both read its key.
        made.unlink()
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    remember(key.public_key().public_bytes_raw().hex())
    return key


def public_key() -> str:
    """Return the public key of this installation's checkpoints, in hex: to be published, and kept elsewhere."""
    return signing_key().public_key().public_bytes_raw().hex()


def known_keys() -> list[str]:
    """Return the public keys whose checkpoints this installation trusts, the oldest first."""
    path: Path = settings.CONFIG.keys / PUBLIC
    return list(dict.fromkeys(path.read_text(encoding="ascii").split())) if path.exists() else []


def remember(*keys: str) -> None:
    """Add public keys to those that are trusted."""
    new = [key for key in keys if key not in known_keys()]
    if new:
        folder: Path = settings.CONFIG.keys
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / PUBLIC).open("a", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in new))


def statement(book_uuid: str, number: int, digest: str, signed_at: datetime) -> dict[str, Json]:
    """Return what a checkpoint says, its keys in canonical order."""
    return {"book": book_uuid, "digest": digest, "number": number, "signed_at": timestamp(signed_at)}


def sign_heads() -> list[Checkpoint]:
    """Sign the head of every book that grew since its last checkpoint, and return the new checkpoints.

    A book that no longer reaches its last checkpoint is left unsigned, so that `verify` will name it.
    """
    key, moment = signing_key(), now()
    made = []
    for book in Book.objects.filter(head_number__gt=0).order_by("pk"):
        last = book.checkpoints.order_by("number").last()
        if last and (
            last.number >= book.head_number
            or not Entry.objects.filter(book=book, number=last.number, digest=last.digest).exists()
        ):
            continue
        said = written(statement(str(book.uuid), book.head_number, book.head_digest, moment))
        made.append(
            Checkpoint(
                book=book,
                number=book.head_number,
                digest=book.head_digest,
                signed_at=moment,
                public_key=key.public_key().public_bytes_raw().hex(),
                signature=key.sign(said.encode()).hex(),
            )
        )
    Checkpoint.objects.bulk_create(made, ignore_conflicts=True)  # Another process may have signed the same head.
    if made:
        keep_beside_the_key()
    return made


def keep_beside_the_key() -> None:
    """Write the last signed head of every book outside the database too: who can cut a book's end there can take away
    what was signed of it as well.
    """
    last = {str(one.book.uuid): one for one in Checkpoint.objects.select_related("book").order_by("number")}
    heads = {uuid: {"number": one.number, "digest": one.digest} for uuid, one in last.items()}
    folder: Path = settings.CONFIG.keys
    written_anew = folder / f"{HEADS}.{os.getpid()}.{threading.get_ident()}"
    written_anew.write_text(json.dumps(heads, indent=1), encoding="ascii")
    written_anew.replace(folder / HEADS)


def kept_heads() -> dict[str, tuple[int, str]]:
    """Return the number and digest of the last signed head of each book (by UUID), as they stand beside the key."""
    path: Path = settings.CONFIG.keys / HEADS
    heads = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
    return {uuid: (head["number"], head["digest"]) for uuid, head in heads.items()}


def holds(checkpoint: Checkpoint, book_uuid: str) -> bool:
    """Say whether the signature of a checkpoint is that of the key it names over what it says."""
    said = written(statement(book_uuid, checkpoint.number, checkpoint.digest, checkpoint.signed_at))
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.public_key)).verify(
            bytes.fromhex(checkpoint.signature), said.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_forever(stop: threading.Event, every: float = 300) -> None:
    """Sign the heads now and then until told to stop: the worker's follower."""
    while not stop.is_set():
        sign_heads()
        connections.close_all()
        stop.wait(every)
