"""Voting cards: a signed, ballot-scoped token that lets one entitled voter put votes into one box, and no more.

The box reads a card without asking the database, so a card says nothing but ballot, voter and when it ends, and
is proved by a keyed digest (HMAC-SHA-256, RFC 2104, cut to 128 bits). That the ballot is still open and the
voter is on its list is asked under the lock, when the vote is written.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now

LASTS = 12 * 60 * 60
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the ballot, and the voter on its frozen list (the key of an `Entitled` row).

    `issue` counts the cards of this voter that were struck before it was issued.
    """

    ballot: int
    voter: int
    issue: int = 0


def issue_card(ballot_id: int, voter_id: int, lasts: int = LASTS, *, issue: int = 0) -> str:
    """Return the card of a voter for a ballot, good for this many seconds: letters, digits, “-”, “_” and dots."""
    said = f"{ballot_id:x}.{voter_id:x}.{issue:x}.{int(now().timestamp()) + lasts:x}"
    return f"{said}.{signature(said)}"


def read_card(token: str) -> Card:
    """Return what a card says.

    Raises:
        Refused: it was not issued here, was altered, or has ended.
    """
    said, _dot, signed = token[:LONGEST].rpartition(".")
    if not said or not hmac.compare_digest(signature(said).encode(), signed.encode(errors="replace")):
        raise Refused(
            "card_not_ours",
            _("This voting card is not valid here, so no vote was taken. Open the page of the ballot again and vote."),
            status=403,
        )
    ballot, voter, issue, ends = (int(part, 16) for part in said.split("."))
    if ends < now().timestamp():
        raise Refused(
            "card_ended",
            _("This voting card has ended, so no vote was taken. Open the page of the ballot again and vote."),
            status=403,
        )
    return Card(ballot, voter, issue)


def receipt(card: Card, choice: str, request: str) -> str:
    """Return the short code that a voter gets for a vote, and finds again beside it when the box was counted."""
    code = signature(f"receipt.{card.ballot:x}.{card.voter:x}.{choice}.{request}")
    return "".join(letter for letter in code.upper() if letter.isalnum())[:8]


def signature(said: str) -> str:
    """Return the keyed digest of a text, 22 characters long."""
    return urlsafe_b64encode(keyed_digest(settings.SECRET_KEY, said.encode(errors="replace"))[:16])[:22].decode()


def keyed_digest(secret: str, said: bytes) -> bytes:
    """Return the HMAC-SHA-256 of a text. The key is taken in once: the library's own takes it in with every vote."""
    inner, outer = (half.copy() for half in halves(secret))
    inner.update(said)
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=2)
def halves(secret: str) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """Return both digests of an HMAC, inner and outer, with the key taken in (RFC 2104, section 4)."""
    key = card_key(secret).ljust(64, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in key)), hashlib.sha256(bytes(byte ^ 0x5C for byte in key))


@lru_cache(maxsize=2)
def card_key(secret: str) -> bytes:
    """Return the key that signs cards, made from the installation's secret for this use alone."""
    return hmac.digest(secret.encode(), b"hemicycle.voting.card", "sha256")
