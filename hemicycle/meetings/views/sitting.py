"""Pages of the desk in a sitting: opening and closing it, the chair, items and reports."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts, forms
from hemicycle.meetings.day import day_of
from hemicycle.meetings.queries import item_for, names_of, sitting_for
from hemicycle.meetings.views.convening import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


@get_or_post
def open_sitting(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Open a sitting."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    form = forms.OpenSittingForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["unsummoned_because"]
        return acts.open_sitting(by=by, sitting_id=sitting.pk, unsummoned_because=because, happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_OPENED,
        form,
        do,
        heading=_("Open the sitting"),
        button=_("Open the sitting"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("The quorum of this moment is stated; it is asked for at each vote."),
    )


@get_or_post
def close_sitting(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Close the open sitting."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_CLOSED,
        form,
        lambda by: acts.close_sitting(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Close the sitting"),
        button=_("Close the sitting"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("Everybody who is there is entered as leaving; an item not settled can be taken up again."),
    )


@get_or_post
def take_chair(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Let somebody take the chair."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    office = holders(meeting.body, day_of(sitting), PostKind.CHAIR).first()
    presiding = sitting.presidings.select_related("person").filter(ends=None).first()
    form = forms.ChairForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        bases=rules_on(meeting.body, meeting.starts).presiding,
        initial={"person": office.person.name if office else "", "hands_over": True},
        presiding=presiding.person.name if presiding else "",
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.take_chair(
            by=by,
            sitting_id=sitting.pk,
            person_id=typed["person"].pk,
            basis=typed["basis"],
            authorized_by=typed["authorized_by"],
            hands_over=typed.get("hands_over", False),
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.CHAIR_TAKEN,
        form,
        do,
        heading=_("Take the chair"),
        button=_("Let them preside"),
        back=desk_address(meeting),
        meeting=meeting,
        names=names_of(request.viewer, sitting),
        hint=_("One person presides at any moment."),
    )


@get_or_post
def take_up_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Take up an item."""
    item = item_for(request.viewer, item_id)
    form = HappenedForm(request.POST or None, zone=item.meeting.body.time_zone)
    return enter(
        request,
        item.meeting.body.book_id,
        Kind.ITEM_TAKEN_UP,
        form,
        lambda by: acts.take_up_item(by=by, item_id=item.pk, happened=form.stated),
        heading=_("Take up item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Take it up"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def settle_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """End the dealing with the current item."""
    item = item_for(request.viewer, item_id)
    form = forms.SettleForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        return acts.settle_item(by=by, item_id=item.pk, outcome=form.cleaned_data["outcome"], happened=form.stated)

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.ITEM_SETTLED,
        form,
        do,
        heading=_("Settle item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Settle the item"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def hear_report(request: HouseRequest, item_id: int) -> HttpResponse:
    """Enter a report on an item."""
    item = item_for(request.viewer, item_id)
    form = forms.ReportForm(request.POST or None, zone=item.meeting.body.time_zone, initial={"form": "delivered"})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.hear_report(
            by=by,
            item_id=item.pk,
            reporter_id=typed["reporter"].pk,
            form=typed["form"],
            title=typed["title"],
            text=typed["text"],
            happened=form.stated,
        )

    sitting = item.meeting.sittings.order_by("opened").last()
    return enter(
        request,
        item.meeting.body.book_id,
        Kind.REPORT_HEARD,
        form,
        do,
        heading=_("Report on item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Enter the report"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        names=names_of(request.viewer, sitting) if sitting else [],
    )
