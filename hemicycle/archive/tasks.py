"""The background task that reads a source. Done again it changes nothing: a source is read once."""

import json
import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from hemicycle.archive.fields import ORDER
from hemicycle.archive.models import Claim, Reading, Source
from hemicycle.archive.queries.files import opened
from hemicycle.journal.act import Refused
from hemicycle.journal.canonical import digest
from hemicycle.journal.clock import now
from hemicycle.reader import read as read_page
from hemicycle.reader.shape import Unreadable
from hemicycle.reader.whole import whole

log = logging.getLogger(__name__)
LONGEST_TITLE = 300
# Of the page itself, what the review shows besides its claims.
KEPT = ("source_name", "media_type", "encoding", "language", "article_place", "blocks", "repairs", "lost", "page_dates")


def ask_to_read(source: Source) -> Reading:
    """Have a source read in the background; of one that was read, or is being read, nothing changes."""
    with transaction.atomic():
        reading, begun = Reading.objects.get_or_create(source=source, defaults={"asked": now()})
        again = Reading.objects.filter(pk=reading.pk, done=None).exclude(failed="").update(failed="", begun=None)
        if begun or again:
            transaction.on_commit(partial(read_source.enqueue, reading.pk))
    return reading


def read_now(source: Source) -> Reading:
    """Have a source read here and now, and return its reading; of one that was read nothing changes."""
    reading, _begun = Reading.objects.get_or_create(source=source, defaults={"asked": now()})
    read_source.call(reading.pk)
    reading.refresh_from_db()
    return reading


@task()
def read_source(reading_id: int) -> None:
    """Read a source and keep what it claims, unless that was done before. What fails says so on its page."""
    reading = Reading.objects.select_related("source").filter(pk=reading_id, done=None).first()
    if reading is None:
        return
    Reading.objects.filter(pk=reading.pk).update(begun=now(), failed="")
    try:
        found = understood(reading.source)
    except (Unreadable, Refused) as why:
        fail(reading, why.sentence if isinstance(why, Refused) else str(why))
    except Exception:
        fail(reading, _("It could not be read. The failure was noted for the operator; the page itself is kept."))
        log.exception("Source %s could not be read.", reading.source_id)
    else:
        keep(reading, found)


def understood(source: Source) -> dict[str, Any]:
    """Return the whole of what the reader finds, without what a database cannot keep; every place stays where it is."""
    with opened(source) as file:
        found = whole(read_page(file.read(), name=source.file_name, media_type=source.media_type))
    kept: dict[str, Any] = storable(found)
    return kept


def storable(value: Any) -> Any:
    """Return a value without NUL and half character pairs, each replaced by one sign."""
    if isinstance(value, str):
        if "\0" in value or not value.isascii():
            value = value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value
    if isinstance(value, dict):
        return {str(storable(key)): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def fail(reading: Reading, sentence: str) -> None:
    """Note why a source was not read, in a sentence for whoever asked."""
    Reading.objects.filter(pk=reading.pk).update(failed=sentence[:1000] or _("It could not be read."))


def keep(reading: Reading, found: dict[str, Any]) -> None:
    """Keep a reading and its claims, in the order in which they are reviewed; whoever comes second changes nothing."""
    claims = sorted(found["claims"], key=lambda claim: (ORDER.get(claim["field"], len(ORDER)), claim["start"]))
    rows = [
        Claim(
            reading=reading,
            ordinal=ordinal,
            field=claim["field"][:40],
            value=whole_numbers(claim["value"]),
            start=claim["start"],
            end=claim["end"],
            line=claim["line"],
            confidence=round(claim["confidence"] * 100),
            rule=claim["rule"][:200],
            original=claim["original"],
        )
        for ordinal, claim in enumerate(claims, 1)
    ]
    with transaction.atomic():
        changed = Reading.objects.filter(pk=reading.pk, done=None).update(
            done=now(),
            text=found["text"],
            title=(found["title"] or "")[:LONGEST_TITLE],
            page={name: found[name] for name in KEPT} | {"notes": found["notes"]},
            is_report=found["is_meeting_report"],
            digest=digest(as_facts(found)),
        )
        if changed:
            Claim.objects.bulk_create(rows, batch_size=500)


def whole_numbers(value: Any) -> Any:
    """Return a value as the record may keep it: floats as text."""
    if isinstance(value, float):
        return str(value)
    if isinstance(value, dict):
        return {key: whole_numbers(one) for key, one in value.items()}
    return [whole_numbers(one) for one in value] if isinstance(value, list) else value


def as_facts(found: dict[str, Any]) -> dict[str, str]:
    """Return a reading as its digest is taken: as one text."""
    return {"reading": json.dumps(found, sort_keys=True, ensure_ascii=False)}
