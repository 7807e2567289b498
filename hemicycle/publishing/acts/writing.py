"""What the acts on minutes share: locking them, writing a version, sending it round, refusing what cannot stand."""

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Refused
from hemicycle.publishing.checking import Contradiction, edited, in_minutes, weighty
from hemicycle.publishing.communique.blocks import Content
from hemicycle.publishing.minutes import compose_minutes
from hemicycle.publishing.models import Minutes, MinutesCirculation, MinutesVersion


def lock_minutes(entry: Act, minutes_id: int) -> Minutes:
    """Lock the minutes of a meeting of the actor's body."""
    minutes = entry.lock(Minutes, minutes_id)
    within(entry.by, minutes.body.book_id)
    return minutes


def refuse_stale(minutes: Minutes, seen: int) -> MinutesVersion:
    """Return the last version; refuse to go on from an older one, of which nothing is lost."""
    last = minutes.versions.order_by("-number")[0]
    if last.number != seen:
        raise Refused(
            "minutes_changed",
            _(
                "%(name)s saved version %(version)d since you began. Nothing of yours was lost and nothing was "
                "overwritten. Look at both texts, then save again."
            )
            % {"name": last.made_by, "version": last.number},
        )
    return last


def write_version(
    entry: Act, minutes: Minutes, content: Content | dict[str, Any], note: str = "", departs_because: str = ""
) -> MinutesVersion:
    """Write a further version of minutes."""
    last = minutes.versions.order_by("-number").first()
    return entry.create(
        MinutesVersion(
            minutes=minutes,
            number=last.number + 1 if last else 1,
            content=content,
            up_to=entry.book.head_number,
            made=entry.when,
            made_by=entry.by.name,
            note=note.strip(),
            departs_because=departs_because.strip(),
        )
    )


def circulate(entry: Act, minutes: Minutes, version: MinutesVersion) -> MinutesCirculation:
    """Write that a version goes out to those who took part, never wider than its meeting."""
    return entry.create(
        MinutesCirculation(
            version=version,
            circulated=entry.when,
            until=minutes.until,
            access=narrowest(Access.PARTICIPANTS, minutes.meeting.access),
        )
    )


def refuse_without_reason(reason: str, sentence: str, field: str) -> None:
    """Refuse what does not say why, or what."""
    if not reason.strip():
        raise Refused("no_reason", sentence, status=422, field=field)


def refuse_contradictions(minutes: Minutes, content: Content | dict[str, Any], departs_because: str) -> None:
    """Refuse to send out minutes that contradict the book without saying why, or that call unanimous what was not."""
    if edited(content):
        drawn = compose_minutes(minutes.meeting, minutes.language)
        refuse_found(in_minutes(minutes.meeting, content, drawn), departs_because)


def refuse_found(found: list[Contradiction], departs_because: str) -> None:
    """Refuse what contradicts the book: what no reason can excuse in any case, the rest without a reason."""
    never = [one.sentence for one in found if one.never]
    if never:
        raise Refused("never_so", " ".join(never), status=422)
    rest = weighty(found)
    if rest and not departs_because.strip():
        raise Refused(
            "contradicts_book",
            _("The text contradicts the book. Mend it, or say why it departs from it. %(what)s")
            % {"what": " ".join(one.sentence for one in rest)},
            status=422,
            field="departs_because",
        )
