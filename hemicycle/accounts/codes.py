"""The codes of invitations: readable on paper, kept only as digests; and the signed links of invitations by mail."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

# Crockford's alphabet: no letter that is read as a digit, none that makes words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
GROUPS, LETTERS = 3, 5
LINK_SALT = "hemicycle.accounts.invitation"


@dataclass(frozen=True)
class Slip:
    """What a printed slip tells one person: the code, shown here once, and until when it opens their account."""

    name: str
    code: str
    ends: datetime


def new_code() -> str:
    """Return a new code in groups, 75 bits of chance: “7K4QF-2M9DX-W3TB6”."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) for _group in range(GROUPS))


def as_typed(text: str) -> str:
    """Return a code as it was made, from what a person typed: capitals, spaces and misread letters do not matter."""
    letters = [letter for letter in text.upper().translate(MISREAD) if letter in ALPHABET][: GROUPS * LETTERS + 1]
    return "-".join("".join(letters[start : start + LETTERS]) for start in range(0, len(letters), LETTERS))


def code_digest(code: str) -> str:
    """Return what is kept of a code. It needs no salt, since no two codes are alike and none can be guessed."""
    return hashlib.sha256(code.encode()).hexdigest()


def link_token(invitation: int) -> str:
    """Return the signed part of a mailed link: made from the invitation's key when it is sent, and never stored."""
    return signing.dumps(invitation, salt=LINK_SALT)


def invitation_of(token: str) -> int | None:
    """Return the invitation that a mailed link belongs to, or None where the link is not ours."""
    try:
        key = signing.loads(token, salt=LINK_SALT)
    except signing.BadSignature:
        return None
    return key if isinstance(key, int) else None
