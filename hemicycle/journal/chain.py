"""How an entry's digest is made, from the entry alone. `docs/verify_export.py` does the same without Hemicycle."""

from typing import TYPE_CHECKING

from hemicycle.journal.canonical import Json, digest_of, timestamp, written

if TYPE_CHECKING:
    from hemicycle.journal.models import Entry


def header(entry: "Entry", book_uuid: str) -> dict[str, Json]:
    """Return what the digest of an entry is taken over. Facts and covered rows stand in it by their salted digests.

    Its keys are written here in their canonical order.
    """
    return {
        "access": entry.access,
        "actor": {"body": entry.actor_body, "capacity": entry.actor_capacity, "name": entry.actor_name},
        "book": book_uuid,
        "facts_digest": entry.facts_digest,
        "happened": {
            "as": entry.happened_as,
            "from": timestamp(entry.happened_from) if entry.happened_from else None,
            "reason": entry.happened_reason,
            "to": timestamp(entry.happened_to) if entry.happened_to else None,
        },
        "kind": entry.kind,
        "number": entry.number,
        "once": entry.once,
        "previous": entry.previous,
        "recorded_at": timestamp(entry.recorded_at),
        "rows_digest": digest_of(written(entry.rows, sort=True), entry.rows_salt),
        "scope": entry.scope,
        "subjects": entry.subjects,
    }


def entry_digest(entry: "Entry", book_uuid: str) -> str:
    """Return the digest that the entry must carry."""
    return digest_of(written(header(entry, book_uuid)))
