"""Canonical JSON (RFC 8785) and the digests made of it. Pure: no Django, no clock.

For values without floats the standard library writes RFC 8785 once the keys are in order; the tests hold it to the
`rfc8785` package, which is six times slower. Facts may hold null, booleans, whole numbers up to 2^53 - 1, text, lists
and objects with text keys. Floats, NUL and lone surrogates are refused, because databases and languages disagree
about them.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

GREATEST = 2**53 - 1
NO_DIGEST = "0" * 64

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_sorter = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)


class NotCanonical(ValueError):
    """A value that has no canonical form and so cannot stand in the book."""


def check(value: object) -> Json:
    """Return the value as it may stand in the book, keys in canonical order.

    Raises:
        NotCanonical: it holds a float, NUL, a lone surrogate or something else that the book cannot keep.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return check_text(str(value))
    if isinstance(value, int):
        if not -GREATEST <= value <= GREATEST:
            raise NotCanonical(f"A whole number in the book is at most {GREATEST}; write {value} as text.")
        return int(value)
    if isinstance(value, list | tuple):
        return [check(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical("The keys of an object in the book are text.")
        return {check_text(str(key)): check(value[key]) for key in in_order(value)}
    raise NotCanonical(f"A fact is null, true, false, a whole number, text, a list or an object; not {type(value)}.")


def check_text(text: str) -> str:
    """Return the text; raise NotCanonical where it holds NUL or a lone surrogate."""
    if "\0" in text or (not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)):
        raise NotCanonical("Text in the book may not hold NUL or half a character pair.")
    return text


def in_order(keys: Iterable[str]) -> list[str]:
    """Return keys in the order of RFC 8785: by UTF-16 code units, which for ASCII is the order Python knows."""
    names = list(keys)
    if all(name.isascii() for name in names):
        return sorted(names)
    return sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))


def canonical(value: object) -> bytes:
    """Return the one byte string that RFC 8785 gives for a value that `check` lets pass."""
    return written(check(value)).encode()


def written(value: Json, *, sort: bool = False) -> str:
    """Write a value that is known to be checked. Its keys are in order, or all ASCII and to be sorted."""
    return (_sorter if sort else _encoder).encode(value)


def digest(value: object, salt: str = "") -> str:
    """Return SHA-256 over salt and canonical value, in hex. The salt is hex; it keeps short facts from guessing."""
    return digest_of(canonical(value).decode(), salt)


def digest_of(text: str, salt: str = "") -> str:
    """Return the same for a value that is written already."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def timestamp(moment: datetime) -> str:
    """Return a moment in UTC with microseconds, as it stands in every digest."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def day(value: date) -> str:
    """Return a calendar day as ISO 8601."""
    return value.isoformat()
