"""Notice of a meeting: it is given, raised by every change, and received."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings import rules
from hemicycle.meetings.acts.locking import lock_meeting
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, Receipt, Summons
from hemicycle.meetings.queries.notice import concerned, notice_asked
from hemicycle.meetings.words import Kind


def summon(
    *,
    by: Actor,
    meeting_id: int,
    text: str,
    language: str = "",
    waive_because: str = "",
    happened: Happened | None = None,
) -> Summons:
    """Give notice of a meeting. Each further notice of it has the next sequence. The mail follows the book.

    Notice is counted in clear days at the body's place, by the rules in force on the meeting's first day.

    Raises:
        Refused: the notice has no text or that of the last one, or is too short and no reason is given for waiving
            the rest.
    """
    with act(Kind.MEETING_SUMMONED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if not text.strip():
            raise Refused("no_text", _("A notice needs a text."), status=422, field="text")
        waived = waiver(entry, meeting, waive_because)
        last = meeting.summonses.order_by("sequence").last()
        if last and last.text == text.strip():
            raise Refused(
                "meeting_summoned",
                _("Notice was given in these very words already. Nothing was entered twice. ")
                + _("To give notice anew, say in the text what has changed."),
                field="text",
            )
        summons = write_summons(entry, meeting, Summons.What.NOTICE, text, waived=waived, language=language)
        entry.update(meeting, summoned=entry.when)
        entry.record(
            subjects=[summons, meeting],
            access=meeting.access,
            scope=meeting,
            facts={
                "sequence": summons.sequence,
                "notice_days": summons.notice_days,
                "needed_days": notice_asked(meeting),
                "waived_because": waived,
                "starts": meeting.starts.isoformat(),
            },
        )
    return summons


def waiver(entry: Act, meeting: Meeting, because: str) -> str:
    """Return why the notice may be shorter than the rules ask, empty where it is long enough."""
    given, needed = days_given(entry, meeting), notice_asked(meeting)
    if given >= needed:
        return ""
    if not because.strip():
        raise Refused(
            "notice_too_short",
            _(
                "The rules ask for %(needed)d clear days of notice, and %(given)d are left until %(day)s. "
                "Say why the rest is waived, or move the meeting."
            )
            % {"needed": needed, "given": given, "day": date_format(meeting.starts)},
            status=422,
            field="waive_because",
        )
    return because.strip()


def days_given(entry: Act, meeting: Meeting) -> int:
    """Return the clear days between a notice given now and the meeting, at the body's place."""
    return rules.clear_days(entry.when.astimezone(zone_of(meeting.body)).date(), meeting.starts)


def write_summons(
    entry: Act, meeting: Meeting, what: Summons.What, text: str, *, waived: str = "", language: str = ""
) -> Summons:
    """Write the next summons of a meeting: a notice, or news of a change."""
    last = meeting.summonses.order_by("sequence").last()
    return entry.create(
        Summons(
            meeting=meeting,
            sequence=last.sequence + 1 if last else 1,
            what=what,
            sent=entry.when,
            text=text.strip(),
            language=language or meeting.body.language,
            notice_days=days_given(entry, meeting),
            notice_waived_because=waived,
        )
    )


def write_change(
    entry: Act, meeting: Meeting, because: str, *, waived: str = "", what: Summons.What = Summons.What.CHANGE
) -> list[Summons]:
    """Write the summons that tells of a change; none where no notice was given before."""
    return [write_summons(entry, meeting, what, because, waived=waived)] if meeting.summoned else []


def receive_summons(
    *,
    by: Actor,
    summons_id: int,
    person_id: int,
    channel: str = Receipt.Channel.DESK,
    happened: Happened | None = None,
) -> Receipt:
    """Enter that a person has received a summons: themselves by the link in their mail, or the desk for them.

    Raises:
        Refused: the summons does not concern the person, or was received already.
    """
    with act(Kind.SUMMONS_RECEIVED, by=by, happened=happened) as entry:
        summons = entry.lock(Summons, summons_id)
        meeting = summons.meeting
        within(by, meeting.body.book_id)
        person = entry.lock(Person, person_id)
        if not concerned(meeting).filter(pk=person.pk).exists():
            raise Refused(
                "not_concerned",
                _("%(name)s is neither a member nor accredited, so this summons is not for them.")
                % {"name": person.name},
                status=422,
                field="person",
            )
        if summons.receipts.filter(person=person).exists():
            raise Refused(
                "received_already",
                _("That %(name)s received this summons stands in the book already.") % {"name": person.name},
            )
        receipt = entry.create(
            Receipt(summons=summons, person=person, channel=Receipt.Channel(channel), received=entry.when)
        )
        entry.record(
            subjects=[receipt, summons, meeting, person],
            access=narrowest(meeting.access, Access.BODY),
            scope=meeting,
            facts={"name": person.name, "sequence": summons.sequence, "channel": receipt.channel},
        )
    return receipt
