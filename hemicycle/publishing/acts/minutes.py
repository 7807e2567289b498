"""Acts on minutes before they are approved: drawn up from the book, revised, circulated, recalled."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, MeetingKind
from hemicycle.meetings.rehearsing import refuse_rehearsal
from hemicycle.publishing.acts.writing import (
    circulate,
    lock_minutes,
    refuse_contradictions,
    refuse_stale,
    refuse_without_reason,
    write_version,
)
from hemicycle.publishing.minutes import compose_minutes
from hemicycle.publishing.minutes.editing import changed, renewed, rewritten
from hemicycle.publishing.models import Minutes, MinutesVersion
from hemicycle.publishing.words import Kind


def draw_up_minutes(*, by: Actor, meeting_id: int, language: str = "en", happened: Happened | None = None) -> Minutes:
    """Draw up the minutes of a meeting that is over: their first version is written from the book alone.

    Raises:
        Refused: the meeting is not over or is a rehearsal, has minutes already, or the language is unknown.
    """
    with act(Kind.MINUTES_DRAWN_UP, by=by, happened=happened) as entry:
        meeting = entry.lock(Meeting, meeting_id)
        within(by, meeting.body.book_id)
        refuse_rehearsal(meeting, _("Of a rehearsal no minutes are kept: it decides nothing."))
        if language not in dict(settings.LANGUAGES):
            raise Refused("no_such_language", _("Choose one of the languages offered."), status=422, field="language")
        if meeting.closed is None or meeting.kind == MeetingKind.CIRCULATION:
            raise Refused(
                "meeting_not_closed",
                _("Minutes are written when a meeting is over. Close it first; until then, publish a daily report."),
            )
        if Minutes.objects.filter(meeting=meeting).exists():
            raise Refused("minutes_drawn_up", _("The minutes of this meeting are drawn up already."))
        minutes = entry.create(Minutes(body=meeting.body, meeting=meeting, language=language, drawn_up=entry.when))
        version = write_version(entry, minutes, compose_minutes(meeting, language))
        record(entry, minutes, version, Access.DESK, language=language)
    return minutes


def revise_minutes(
    *,
    by: Actor,
    minutes_id: int,
    seen: int,
    texts: Mapping[str, str] | None = None,
    renew: bool = False,
    note: str = "",
    departs_because: str = "",
    happened: Happened | None = None,
) -> MinutesVersion:
    """Write a further version of minutes that are not approved: some sections anew by their names, as plain text.

    `seen` is the number of the version that was edited. With `renew`, sections that nobody edited are first written
    anew from the book. A version of minutes that are circulated goes out at once, so it says what was changed.

    Raises:
        Refused: another version was saved meanwhile, they are approved, nothing was changed, or the version would go
            out without saying what was changed or why it departs from the book.
    """
    with act(Kind.MINUTES_REVISED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        refuse_approved(minutes)
        last = refuse_stale(minutes, seen)
        content = last.content
        if renew:
            content = renewed(content, compose_minutes(minutes.meeting, minutes.language))
        content = rewritten(content, texts or {})
        parts = changed(last.content, content)
        if not parts:
            raise Refused("nothing_changed", _("Nothing was changed, so there is no further version."))
        access = Access.DESK
        if minutes.state == Minutes.State.CIRCULATED:
            refuse_without_reason(note, _("These minutes are circulated. Say what you changed."), "note")
            refuse_contradictions(minutes, content, departs_because)
            access = narrowest(Access.PARTICIPANTS, minutes.meeting.access, *(one["access"] for one in parts))
        version = write_version(entry, minutes, content, note, departs_because)
        if minutes.state == Minutes.State.CIRCULATED:
            circulate(entry, minutes, version)
        record(entry, minutes, version, access, note=version.note)
    return version


def circulate_minutes(
    *,
    by: Actor,
    minutes_id: int,
    seen: int,
    until: date | None = None,
    departs_because: str = "",
    happened: Happened | None = None,
) -> MinutesVersion:
    """Send a draft of minutes round to those who took part, who can propose corrections until a day.

    Raises:
        Refused: another version was saved meanwhile, it is no draft, the day has passed, or the text contradicts the
            book without saying why.
    """
    with act(Kind.MINUTES_CIRCULATED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        refuse_approved(minutes)
        if minutes.state != Minutes.State.DRAFT:
            raise Refused("minutes_circulated", _("These minutes are circulated already."))
        version = refuse_stale(minutes, seen)
        if until and until < entry.when.astimezone(zone_of(minutes.body)).date():
            raise Refused("until_is_over", _("Name a day that is still to come."), status=422, field="until")
        refuse_contradictions(minutes, version.content, departs_because or version.departs_because)
        if hasattr(version, "approval"):
            raise Refused("nothing_changed", _("This version is approved. Correct it, then circulate it."))
        again = hasattr(version, "circulation")
        if again or (departs_because.strip() and not version.departs_because):
            version = write_version(entry, minutes, version.content, version.note, departs_because)
        entry.update(minutes, state=Minutes.State.CIRCULATED, until=until)
        circulate(entry, minutes, version)
        access = narrowest(Access.PARTICIPANTS, minutes.meeting.access)
        record(entry, minutes, version, access, until=until.isoformat() if until else None)
    return version


def recall_minutes(*, by: Actor, minutes_id: int, because: str, happened: Happened | None = None) -> Minutes:
    """Take circulated minutes back as a draft. What was proposed about them is kept.

    Raises:
        Refused: no reason is given, or they are not circulated.
    """
    with act(Kind.MINUTES_RECALLED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        if minutes.state != Minutes.State.CIRCULATED:
            raise Refused("minutes_not_circulated", _("These minutes are not circulated."))
        refuse_without_reason(because, _("Say why; the reason is kept in the book."), "because")
        entry.update(minutes, state=Minutes.State.DRAFT, until=None)
        version = minutes.versions.order_by("-number")[0]
        access = narrowest(Access.PARTICIPANTS, minutes.meeting.access)
        record(entry, minutes, version, access, because=because.strip())
    return minutes


def refuse_approved(minutes: Minutes) -> None:
    """Refuse to touch minutes that were approved."""
    if minutes.state == Minutes.State.APPROVED:
        raise Refused(
            "minutes_approved",
            _("These minutes are approved, and an approved version never changes. To correct them, open them again."),
        )


def record(entry: Act, minutes: Minutes, version: MinutesVersion, access: str, **more: object) -> None:
    """Record what an act did with minutes."""
    entry.record(
        subjects=[minutes, version, minutes.meeting],
        access=access,
        scope=minutes.meeting,
        facts={"meeting": str(minutes.meeting), "version": version.number, **more},
    )
