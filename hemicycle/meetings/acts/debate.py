"""Acts of the debate: reports are heard. Speeches and conclusions come to stand here too."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_item, lock_presided_sitting
from hemicycle.meetings.acts.sitting import open_sitting_key
from hemicycle.meetings.models import Report, Sitting
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
            sitting: Sitting | None = lock_presided_sitting(entry, open_sitting_key(item.meeting))
            if sitting and sitting.current_item_id != item.pk:
                raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        else:
            sitting = sittings_during(entry, item.meeting).first()
        before = item.reports.filter(reporter=reporter, form=form, title=title.strip(), text=text.strip()).first()
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
            )
        )
        entry.record(
            subjects=[report, item, item.meeting, reporter],
            access=narrowest(item.access, audience(entry, item.meeting)),
            scope=item.meeting,
            facts={
                "reporter": reporter.name,
                "title": report.title,
                "form": str(report.form),
                "item": item.ordinal,
                "item_title": item.title,
            },
        )
    return report
