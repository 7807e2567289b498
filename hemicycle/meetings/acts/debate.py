"""Acts of the debate: reports are heard, speeches given, the debate closed, conclusions drawn."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.items import told
from hemicycle.meetings.acts.locking import (
    lock_item,
    lock_sitting_at_work,
    open_sitting_key,
    refuse_during_vote,
    refuse_without_reason,
)
from hemicycle.meetings.models import AgendaItem, Conclusion, Report, Sitting, Speech
from hemicycle.meetings.queries.during import audience, sittings_during
from hemicycle.meetings.words import Kind


def hear_report(
    *,
    by: Actor,
    item_id: int,
    reporter_id: int,
    title: str,
    text: str = "",
    form: str = Report.Form.DELIVERED,
    language: str = "",
    happened: Happened | None = None,
) -> Report:
    """Enter a report on an item: delivered while it is dealt with, or submitted in writing at any time before.

    Raises:
        Refused: the report has no title, a written one no text, a delivered one is not on the current item, or this
            very report was entered already.
    """
    with act(Kind.REPORT_HEARD, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        reporter = entry.lock(Person, reporter_id)
        delivered = Report.Form(form) == Report.Form.DELIVERED
        if not title.strip():
            raise Refused("no_title", _("A report needs a title."), status=422, field="title")
        if not delivered and not text.strip():
            raise Refused("no_text", _("A report in writing needs its text."), status=422, field="text")
        if delivered:
            sitting: Sitting | None = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
            if sitting and sitting.current_item_id != item.pk:
                raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        else:
            sitting = sittings_during(entry, item.meeting).first()
        before = item.reports.filter(
            reporter=reporter, form=form, title=title.strip(), text=text.strip(), struck=None
        ).first()
        if before is not None:
            raise Refused(
                "report_heard",
                _("This very report by %(reporter)s on this item was entered already. Nothing was entered twice.")
                % {"reporter": reporter.name},
            )
        report = entry.create(
            Report(
                item=item,
                sitting=sitting,
                reporter=reporter,
                form=Report.Form(form),
                title=title.strip(),
                text=text.strip(),
                language=language or item.language,
                heard=entry.when,
                access=narrowest(item.access, audience(entry, item.meeting)),
            )
        )
        entry.record(
            subjects=[report, item, item.meeting, reporter],
            access=report.access,
            scope=item.meeting,
            facts={
                "reporter": reporter.name,
                "title": report.title,
                "form": str(report.form),
                "item": item.ordinal,
                "number": item.called,
                "item_title": item.title,
            },
        )
    return report


def give_speech(
    *,
    by: Actor,
    item_id: int,
    speaker_id: int,
    text: str = "",
    form: str = Speech.Form.DELIVERED,
    language: str = "",
    happened: Happened | None = None,
) -> Speech:
    """Enter a speech on an item: delivered while it is dealt with, or handed in in writing.

    Raises:
        Refused: a written one has no text, a delivered one is not on the current item, the debate on it is closed, or
            this very speech was entered already.
    """
    with act(Kind.SPEECH_GIVEN, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        speaker = entry.lock(Person, speaker_id)
        delivered = Speech.Form(form) == Speech.Form.DELIVERED
        if delivered:
            sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
            if sitting.current_item_id != item.pk:
                raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
            refuse_closed_debate(item)
        elif not text.strip():
            raise Refused("no_text", _("A speech in writing needs its text."), status=422, field="text")
        if not delivered and item.speeches.filter(speaker=speaker, form=form, text=text.strip(), struck=None).exists():
            raise Refused(
                "speech_given",
                _("This very speech by %(name)s was entered already. Nothing was entered twice.")
                % {"name": speaker.name},
            )
        speech = entry.create(
            Speech(
                item=item,
                speaker=speaker,
                form=Speech.Form(form),
                text=text.strip(),
                language=language or item.language,
                given=entry.when,
                access=narrowest(item.access, audience(entry, item.meeting)),
            )
        )
        entry.record(
            subjects=[speech, item, item.meeting, speaker],
            access=speech.access,
            scope=item.meeting,
            facts={
                "speaker": speaker.name,
                "form": str(speech.form),
                "item": item.ordinal,
                "number": item.called,
                "item_title": item.title,
            },
        )
    return speech


def refuse_closed_debate(item: AgendaItem) -> None:
    """Refuse to speak where the debate is over."""
    if item.debate_closed:
        raise Refused("debate_closed", _("The debate on this item is closed. Open it again first."))


def draw_conclusion(
    *, by: Actor, item_id: int, drawn_by_id: int, text: str, language: str = "", happened: Happened | None = None
) -> Conclusion:
    """Enter what was concluded from the debate on the current item, and by whom.

    Raises:
        Refused: it has no text, the item is not being dealt with, or it was entered already.
    """
    with act(Kind.CONCLUSION_DRAWN, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        person = entry.lock(Person, drawn_by_id)
        sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
        if not text.strip():
            raise Refused("no_text", _("A conclusion needs a text."), status=422, field="text")
        if sitting.current_item_id != item.pk:
            raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        if item.conclusions.filter(text=text.strip(), struck=None).exists():
            raise Refused("conclusion_drawn", _("This was entered already in these words. Nothing was entered twice."))
        conclusion = entry.create(
            Conclusion(
                item=item,
                drawn_by=person,
                text=text.strip(),
                language=language or item.language,
                drawn=entry.when,
                access=narrowest(item.access, audience(entry, item.meeting)),
            )
        )
        entry.record(
            subjects=[conclusion, item, item.meeting, person],
            access=conclusion.access,
            scope=item.meeting,
            facts={
                "name": person.name,
                "item": item.ordinal,
                "number": item.called,
                "item_title": item.title,
                "text": conclusion.text,
                "language": conclusion.language,
            },
        )
    return conclusion


def close_debate(*, by: Actor, item_id: int, only_list: bool = False, happened: Happened | None = None) -> AgendaItem:
    """Close the debate on the current item, or only its list of speakers: who stands on it still speaks.

    Raises:
        Refused: the item is not being dealt with, or it is closed already.
    """
    with act(Kind.LIST_CLOSED if only_list else Kind.DEBATE_CLOSED, by=by, happened=happened) as entry:
        item = lock_debated(entry, item_id)
        field = "list_closed" if only_list else "debate_closed"
        if item.debate_closed or getattr(item, field):
            raise Refused("debate_closed", _("It is closed already."))
        entry.update(item, **{field: entry.when})
        record_on(entry, item)
    return item


def reopen_debate(*, by: Actor, item_id: int, because: str, happened: Happened | None = None) -> AgendaItem:
    """Open the debate on the current item and its list of speakers again.

    Raises:
        Refused: no reason is given, the item is not being dealt with, or nothing is closed.
    """
    with act(Kind.DEBATE_REOPENED, by=by, happened=happened) as entry:
        item = lock_debated(entry, item_id)
        if not item.debate_closed and not item.list_closed:
            raise Refused("debate_open", _("The debate on this item is open."))
        refuse_without_reason(because)
        entry.update(item, list_closed=None, debate_closed=None)
        record_on(entry, item, because=because.strip())
    return item


def lock_debated(entry: Act, item_id: int) -> AgendaItem:
    """Lock the item that is being dealt with."""
    item = lock_item(entry, item_id)
    sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
    if sitting.current_item_id != item.pk:
        raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
    refuse_during_vote(sitting)
    return item


def record_on(entry: Act, item: AgendaItem, **more: object) -> None:
    """Record what an act did on an item."""
    entry.record(
        subjects=[item, item.meeting],
        access=narrowest(item.access, audience(entry, item.meeting)),
        scope=item.meeting,
        facts={**told(item), **more},
    )
