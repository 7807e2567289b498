"""Canonical JSON (RFC 8785) and the digests made of it. Pure: no Django, no clock.

Facts may hold null, booleans, whole numbers up to 2^53 - 1, text, lists and objects with text keys. Floats,
NUL and lone surrogates are refused, because databases and languages disagree about them.
"""

import hashlib
from datetime import UTC, date, datetime
from typing import cast

import rfc8785

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

GREATEST = 2**53 - 1
NO_DIGEST = "0" * 64


class NotCanonical(ValueError):
    """A value that has no canonical form and so cannot stand in the book."""


def check(value: object) -> Json:
    """Return the value as it may stand in the book; raise NotCanonical for a float, NUL or lone surrogate."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = str(value)
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise NotCanonical("Text in the book may not hold NUL or half a character pair.")
        return text
    if isinstance(value, int):
        if abs(value) > GREATEST:
            raise NotCanonical(f"A whole number in the book is at most {GREATEST}; write {value} as text.")
        return int(value)
    if isinstance(value, list | tuple):
        return [check(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical("The keys of an object in the book are text.")
        return {cast(str, check(key)): check(part) for key, part in value.items()}
    raise NotCanonical(f"A fact is null, true, false, a whole number, text, a list or an object; not {type(value)}.")


def canonical(value: object) -> bytes:
    """Return the one byte string that RFC 8785 gives for a checked value."""
    return rfc8785.dumps(check(value))


def digest(value: object, salt: str = "") -> str:
    """Return SHA-256 over salt and canonical value, in hex. The salt is hex; it keeps short facts from guessing."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value)).hexdigest()


def timestamp(moment: datetime) -> str:
    """Return a moment in UTC with microseconds, as it stands in every digest."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(value: date) -> str:
    """Return a calendar day as ISO 8601."""
    return value.isoformat()
