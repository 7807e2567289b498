"""A review under way: what a reviewer makes of each claim. Drafts, not acts; importing is the act."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hemicycle.accounts.models import Person
from hemicycle.archive.fields import FIELDS
from hemicycle.archive.models import Claim, Reading, Source
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.typed import LONGEST, value_of, wrong
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.journal.forms import typed_line
from hemicycle.reader.lines import Lines

MARKS = {"accepted": Claim.Mark.ACCEPTED, "rejected": Claim.Mark.REJECTED, "open": Claim.Mark.OPEN}


def mark_claim(claim: Claim, mark: str, person: int | None) -> Claim:
    """Accept or reject a claim, or open it again; what a person had added or looked for is taken back by opening."""
    with transaction.atomic():
        claim = locked(claim)
        made = MARKS.get(mark)
        if made is None:
            raise wrong(_("Accept, correct or reject the proposal."))
        by_person = claim.confidence is None
        if by_person and made != Claim.Mark.ACCEPTED:
            claim.delete()
            return claim
        if not by_person:
            save(claim, made, person, corrected=None)
    return claim


def correct_claim(claim: Claim, sent: Mapping[str, str], person: int | None) -> Claim:
    """Keep a correction beside what was read, and whom the reviewer knows in it."""
    with transaction.atomic():
        claim = locked(claim)
        typed = value_of(claim.field, sent, claim.value)
        known = person_chosen(sent.get("person", ""))
        if claim.confidence is None:
            claim.value = typed
            save(claim, claim.mark, person, known=known)
        elif typed == claim.value:
            save(claim, Claim.Mark.ACCEPTED, person, corrected=None, known=known)
        else:
            save(claim, Claim.Mark.CORRECTED, person, corrected=typed, known=known)
    return claim


def person_chosen(key: str) -> Person | None:
    """Return the person whom the reviewer chose, or None."""
    return Person.objects.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 18 else None


def accept_rest(reading: Reading, fields: list[str], person: int | None) -> int:
    """Accept every claim of these fields that was not looked at; return how many."""
    with transaction.atomic():
        refuse_imported(reading)
        found = reading.claims.filter(mark=Claim.Mark.OPEN, field__in=fields)
        return found.update(mark=Claim.Mark.ACCEPTED, marked_by=person, marked=now())


def add_claim(reading: Reading, sent: Mapping[str, str], person: int | None) -> Claim:
    """Add a fact that the machine missed, with the passage whose words are quoted, or without one from elsewhere.

    Raises:
        Refused: the field is unknown, nothing was typed, or the quoted words do not stand in the page.
    """
    name = sent.get("field", "")
    if name not in FIELDS:
        raise Refused("no_field", _("Choose what it is."), status=422, field="field")
    value = value_of(name, with_first_part(name, sent))
    start, end = place_of(reading.text, typed_line(sent.get("quote", ""), LONGEST))
    line = Lines(reading.text).line(start) if start is not None else None
    with transaction.atomic():
        return written(reading, name, Claim.Mark.ADDED, person, value=value, start=start, end=end, line=line)


def not_stated(reading: Reading, name: str, person: int | None) -> Claim:
    """Note that a person looked for a field, and the page does not state it."""
    if name not in FIELDS:
        raise Refused("no_field", _("Choose what it is."), status=422, field="field")
    with transaction.atomic():
        found = reading.claims.filter(field=name, mark=Claim.Mark.NOT_STATED).first()
        return found or written(reading, name, Claim.Mark.NOT_STATED, person)


def with_first_part(name: str, sent: Mapping[str, str]) -> Mapping[str, str]:
    """Return what was sent, a value typed as one line taken for the part that matters most where there are several."""
    main = {"attendance": "who", "reports": "on", "tasks": "text_start", "election": "person", "title": "title"}
    parts = FIELDS[name].parts
    if not parts or any(sent.get(f"part-{part}") for part, _label in parts):
        return sent
    return {**sent, f"part-{main.get(name, parts[0][0])}": sent.get("value", "")}


def written(reading: Reading, name: str, mark: str, person: int | None, **told: object) -> Claim:
    """Write a claim that a person makes, after those of the reading."""
    refuse_imported(reading)
    last = reading.claims.aggregate(last=Max("ordinal"))["last"] or 0
    return Claim.objects.create(
        reading=reading, ordinal=last + 1, field=name, mark=mark, marked_by_id=person, marked=now(), **told
    )


def place_of(text: str, quote: str) -> tuple[int | None, int | None]:
    """Return where the quoted words stand, however their spaces and lines are broken; nowhere without a quote."""
    if not quote:
        return None, None
    found = re.search(r"\s+".join(re.escape(word) for word in quote.split()), text)
    if found is None:
        raise Refused(
            "not_in_the_page",
            _("These words do not stand in the page one after another. Copy them from it."),
            status=422,
            field="quote",
        )
    return found.start(), found.end()


def locked(claim: Claim) -> Claim:
    """Return a claim, locked, of a source that was not imported yet."""
    refuse_imported(claim.reading)
    return Claim.objects.select_for_update().get(pk=claim.pk)


def refuse_imported(reading: Reading) -> None:
    """Refuse to change the review of a source that is in the record.

    The source is locked as its import does it, so that what is decided meanwhile is either imported or refused, and two
    reviewers do not take one number.
    """
    Source.objects.select_for_update(no_key=True).get(pk=reading.source_id)
    if standing_reports().filter(source=reading.source_id).exists():
        raise Refused(
            "review_closed",
            _("This source was imported, so its review is closed. Its meeting's page shows what the record says."),
        )


def save(claim: Claim, mark: str, person: int | None, *, corrected: object = None, known: Person | None = None) -> None:
    """Write what the reviewer made of a claim."""
    claim.mark, claim.corrected, claim.person = mark, corrected, known
    claim.marked_by_id, claim.marked = person, now()
    claim.save(update_fields=["value", "mark", "corrected", "person", "marked_by", "marked"])
