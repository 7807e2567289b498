"""Acts on corrections of circulated minutes: members propose them, the desk takes them up or declines them."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.publishing.acts.writing import (
    circulate,
    lock_minutes,
    refuse_contradictions,
    refuse_stale,
    refuse_without_reason,
    write_version,
)
from hemicycle.publishing.communique.blocks import Section, section_named
from hemicycle.publishing.minutes.editing import changed, rewritten
from hemicycle.publishing.models import Minutes, MinutesCorrection, MinutesVersion
from hemicycle.publishing.words import Kind


def propose_correction(
    *,
    by: Actor,
    minutes_id: int,
    seen: int,
    section: str,
    text: str,
    reason: str,
    happened: Happened | None = None,
) -> MinutesCorrection:
    """Ask for a section of circulated minutes to read otherwise, and say why.

    Raises:
        Refused: they are not circulated, the day for corrections has passed, another version went out meanwhile, the
            section is unknown, no reason is given, or nothing is changed by it.
    """
    with act(Kind.CORRECTION_PROPOSED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        if minutes.state != Minutes.State.CIRCULATED:
            raise Refused("minutes_not_circulated", _("These minutes are not circulated, so nothing can be proposed."))
        day = entry.when.astimezone(zone_of(minutes.body)).date()
        if minutes.until and day > minutes.until and by.capacity not in DESK:
            raise Refused(
                "corrections_over",
                _("The day until which corrections could be proposed has passed. Ask for it at the next meeting."),
            )
        version = refuse_stale(minutes, seen)
        part = section_of(by, version, section)
        refuse_without_reason(reason, _("Say why it should be corrected."), "reason")
        if not changed(version.content, rewritten(version.content, {section: text})):
            raise Refused(
                "nothing_changed", _("The text is as it was. Write how it should read."), status=422, field="text"
            )
        if by.person is None:
            raise Refused("nobody", _("A correction is proposed by a person."), status=403)
        last = minutes.corrections.order_by("-number").first()
        correction = entry.create(
            MinutesCorrection(
                minutes=minutes,
                version=version,
                number=last.number + 1 if last else 1,
                section=section,
                text=text.strip(),
                reason=reason.strip(),
                person=entry.lock(Person, by.person),
                proposed=entry.when,
                access=narrowest(Access.PARTICIPANTS, minutes.meeting.access, part["access"]),
            )
        )
        record(entry, correction, part, reason=correction.reason)
    return correction


def section_of(by: Actor, version: MinutesVersion, name: str) -> Section:
    """Return a section by its name; refuse one that is not there, or that is for the desk alone."""
    found = section_named(version.content, name)
    if found is None or (found["access"] == Access.DESK and by.capacity not in DESK):
        raise Refused("no_such_section", _("There is no such section. Choose one that stands there."), status=422)
    return found


def take_up_correction(
    *,
    by: Actor,
    correction_id: int,
    seen: int,
    text: str = "",
    departs_because: str = "",
    happened: Happened | None = None,
) -> MinutesVersion:
    """Take up a correction: the section reads as proposed, or as `text` has it. The new version goes out at once.

    Raises:
        Refused: it was answered already, another version was saved meanwhile, the section reads so already, the
            minutes are not circulated, or the new text contradicts the book without saying why.
    """
    with act(Kind.CORRECTION_TAKEN_UP, by=by, happened=happened) as entry:
        minutes, correction = lock_correction(entry, correction_id)
        if minutes.state != Minutes.State.CIRCULATED:
            raise Refused("minutes_not_circulated", _("These minutes are not circulated. Circulate them first."))
        last = refuse_stale(minutes, seen)
        part = section_of(by, last, correction.section)
        content = rewritten(last.content, {correction.section: text.strip() or correction.text})
        if not changed(last.content, content):
            raise Refused("nothing_changed", _("The section reads so already. Decline the correction, and say that."))
        refuse_contradictions(minutes, content, departs_because)
        note = _("Correction %(number)d was taken up") % {"number": correction.number}
        version = write_version(entry, minutes, content, note, departs_because)
        circulate(entry, minutes, version)
        entry.update(
            correction,
            state=MinutesCorrection.State.TAKEN_UP,
            taken_into=version,
            answered=entry.when,
        )
        record(entry, correction, part, version=version.number)
    return version


def decline_correction(
    *, by: Actor, correction_id: int, because: str, happened: Happened | None = None
) -> MinutesCorrection:
    """Decline a correction, and say why. It is kept with its answer.

    Raises:
        Refused: it was answered already, or no reason is given.
    """
    with act(Kind.CORRECTION_DECLINED, by=by, happened=happened) as entry:
        minutes, correction = lock_correction(entry, correction_id)
        refuse_without_reason(because, _("Say why it is declined; whoever proposed it reads that."), "because")
        entry.update(correction, state=MinutesCorrection.State.DECLINED, answer=because.strip(), answered=entry.when)
        part = section_named(minutes.versions.order_by("-number")[0].content, correction.section)
        record(entry, correction, part, because=correction.answer)
    return correction


def lock_correction(entry: Act, correction_id: int) -> tuple[Minutes, MinutesCorrection]:
    """Lock a correction that is not answered, and its minutes."""
    minutes = lock_minutes(entry, MinutesCorrection.objects.values_list("minutes", flat=True).get(pk=correction_id))
    correction = entry.lock(MinutesCorrection, correction_id)
    if correction.state != MinutesCorrection.State.PROPOSED:
        raise Refused("correction_answered", _("This correction was answered already."))
    return minutes, correction


def record(entry: Act, correction: MinutesCorrection, part: Section | None, **more: object) -> None:
    """Record what an act did with a correction."""
    minutes = correction.minutes
    entry.record(
        subjects=[correction, minutes, minutes.meeting, correction.person],
        access=correction.access,
        scope=minutes.meeting,
        facts={
            "meeting": str(minutes.meeting),
            "number": correction.number,
            "name": correction.person.name,
            "section": part["heading"] if part else correction.section,
            **more,
        },
    )
