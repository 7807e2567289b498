"""Pages of the desk in a sitting: opening and closing it, the chair, items and reports."""

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.meetings import acts, forms
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Presiding, Sitting
from hemicycle.meetings.views.asking import Asks, names_in, names_on, on_item, on_sitting
from hemicycle.meetings.views.debate import called, delivered
from hemicycle.meetings.words import Kind

open_sitting = on_sitting(
    Asks(
        Kind.SITTING_OPENED,
        acts.open_sitting,
        heading=lambda _sitting: _("Open the sitting"),
        button=lambda: _("Open the sitting"),
        hint=lambda _sitting: _("The quorum of this moment is stated; it is asked for at each vote."),
        form=forms.OpenSittingForm,
    )
)
close_sitting = on_sitting(
    Asks(
        Kind.SITTING_CLOSED,
        acts.close_sitting,
        heading=lambda _sitting: _("Close the sitting"),
        button=lambda: _("Close the sitting"),
        hint=lambda _sitting: _(
            "Everybody who is there is entered as leaving; an item not settled can be taken up again."
        ),
    )
)


def chair_asked(_request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return on what bases one presides, and who can be expected to."""
    meeting = sitting.meeting
    office = holders(meeting.body, day_of(sitting), PostKind.CHAIR).first()
    presiding = sitting.presidings.select_related("person").filter(ends=None).first()
    last = Presiding.objects.filter(sitting__meeting=meeting).select_related("person").order_by("starts", "pk").last()
    expected: dict[str, Any] = {"person": office.person.name if office else "", "hands_over": True}
    if last and not presiding:  # As in the sitting before.
        expected |= {"person": last.person.name, "basis": last.basis, "authorized_by": last.authorized_by}
    return {
        "bases": rules_on(meeting.body, meeting.starts).presiding,
        "initial": expected,
        "presiding": presiding.person.name if presiding else "",
    }


take_chair = on_sitting(
    Asks(
        Kind.CHAIR_TAKEN,
        acts.take_chair,
        heading=lambda _sitting: _("Take the chair"),
        button=lambda: _("Let them preside"),
        hint=lambda _sitting: _("One person presides at any moment."),
        form=forms.ChairForm,
        given=chair_asked,
        names=names_in,
    )
)
take_up_item = on_item(
    Asks(
        Kind.ITEM_TAKEN_UP,
        acts.take_up_item,
        heading=lambda item: _("Take up item %(number)s: %(title)s") % called(item),
        button=lambda: _("Take it up"),
    )
)
settle_item = on_item(
    Asks(
        Kind.ITEM_SETTLED,
        acts.settle_item,
        heading=lambda item: _("Settle item %(number)s: %(title)s") % called(item),
        button=lambda: _("Settle the item"),
        form=forms.SettleForm,
    )
)
hear_report = on_item(
    Asks(
        Kind.REPORT_HEARD,
        acts.hear_report,
        heading=lambda item: _("Report on item %(number)s: %(title)s") % called(item),
        button=lambda: _("Enter the report"),
        form=forms.ReportForm,
        given=delivered,
        names=names_on,
    )
)
