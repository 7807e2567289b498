"""Pages of the desk on a sitting under way: its rests, parts in private, the chair, counts, interests and organs."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts
from hemicycle.meetings.acts.privacy import OF_THE_BODY
from hemicycle.meetings.forms import floor as forms
from hemicycle.meetings.models import Interest, Organ
from hemicycle.meetings.queries import item_for, meeting_for, names_of, participations_for, sitting_for
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.views.convening import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


@get_or_post
def suspend(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Suspend the sitting."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = forms.SuspendForm(request.POST or None, zone=sitting.meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.suspend_sitting(
            by=by, sitting_id=sitting.pk, because=because, until=form.until_moment, happened=form.stated
        )

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SITTING_SUSPENDED,
        form,
        do,
        heading=_("Suspend the sitting"),
        button=_("Suspend it"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        hint=_("Nothing is dealt with until it is resumed. Whoever is there stays entered as there."),
    )


@get_or_post
def resume(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Resume the sitting."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = HappenedForm(request.POST or None, zone=sitting.meeting.body.time_zone)
    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SITTING_RESUMED,
        form,
        lambda by: acts.resume_sitting(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Resume the sitting"),
        button=_("Resume it"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
    )


@get_or_post
def adjourn(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Adjourn the sitting to a later one."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    planned = meeting.sittings.filter(opened=None, ordinal__gt=sitting.ordinal).order_by("ordinal").first()
    form = forms.AdjournForm(request.POST or None, zone=meeting.body.time_zone, planned=planned is not None)

    def do(by: Actor) -> object:
        starts, ends = form.times()
        because = form.cleaned_data["because"]
        return acts.adjourn_sitting(
            by=by, sitting_id=sitting.pk, starts=starts, ends=ends, because=because, happened=form.stated
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_ADJOURNED,
        form,
        do,
        heading=_("Adjourn the sitting"),
        button=_("Adjourn it"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("The meeting goes on in sitting %(number)d, as planned.") % {"number": planned.ordinal}
        if planned
        else _("No later sitting is planned yet: say when the meeting goes on."),
    )


@get_or_post
def reopen_sitting(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Open a sitting again that was closed too early."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = forms.BecauseForm(request.POST or None, zone=sitting.meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.reopen_sitting(by=by, sitting_id=sitting.pk, because=because, happened=form.stated)

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SITTING_REOPENED,
        form,
        do,
        heading=_("Open sitting %(number)d again") % {"number": sitting.ordinal},
        button=_("Open it again"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        hint=_("Who was there is entered as coming again, and somebody takes the chair."),
    )


@get_or_post
def reopen_meeting(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Open a meeting again that was closed by mistake."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.BecauseForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.reopen_meeting(by=by, meeting_id=meeting.pk, because=because, happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        Kind.MEETING_REOPENED,
        form,
        do,
        heading=_("Open the meeting again"),
        button=_("Open it again"),
        back=desk_address(meeting),
        meeting=meeting,
    )


@get_or_post
def go_into_private(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Let the sitting go on in private."""
    sitting = sitting_for(request.viewer, sitting_id)
    others = participations_for(request.viewer, sitting).filter(presences__isnull=False, presences__went=None)
    form = forms.PrivateForm(
        request.POST or None,
        zone=sitting.meeting.body.time_zone,
        others=others.exclude(capacity__in=OF_THE_BODY),
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.go_into_private(
            by=by,
            sitting_id=sitting.pk,
            access=typed["access"],
            staying=typed.get("staying", []),
            because=typed["because"],
            happened=form.stated,
        )

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SITTING_CLOSED_TO_PUBLIC,
        form,
        do,
        heading=_("Go on in private"),
        button=_("Go on in private"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        hint=_("Others learn that the sitting is in private, and nothing of what is done in it, then or later."),
    )


@get_or_post
def open_to_public(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """End a part in private."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = HappenedForm(request.POST or None, zone=sitting.meeting.body.time_zone)
    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SITTING_OPENED_TO_PUBLIC,
        form,
        lambda by: acts.open_to_public(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Open the sitting again"),
        button=_("Open it to all who may attend"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        hint=_("What was done in private stays there."),
    )


@get_or_post
def leave_chair(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Let whoever presides leave the chair."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = forms.LeaveChairForm(request.POST or None, zone=sitting.meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.leave_chair(by=by, sitting_id=sitting.pk, because=because, happened=form.stated)

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.CHAIR_LEFT,
        form,
        do,
        heading=_("The chair is left"),
        button=_("Enter that the chair is left"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        hint=_("The next in the order of the rules takes over; where nobody does, the sitting is suspended."),
    )


@get_or_post
def call_quorum(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Count who is there."""
    sitting = sitting_for(request.viewer, sitting_id)
    in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
    form = forms.QuorumForm(
        request.POST or None,
        zone=sitting.meeting.body.time_zone,
        knows_second=in_force.second_call_numerator is not None and sitting.quorum_lost is not None,
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.call_quorum(
            by=by,
            sitting_id=sitting.pk,
            asked_by=typed["asked_by"],
            second=typed.get("second", False),
            happened=form.stated,
        )

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.QUORUM_CALLED,
        form,
        do,
        heading=_("Count the quorum"),
        button=_("Count who is there"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
        names=names_of(request.viewer, sitting),
        hint=_("Counted are those entered as there. Too few of them, and what the rules say follows."),
    )


@get_or_post
def declare_interest(request: HouseRequest, item_id: int) -> HttpResponse:
    """Enter a personal interest in an item."""
    item = item_for(request.viewer, item_id)
    form = forms.InterestForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.declare_interest(
            by=by, item_id=item.pk, person_id=typed["person"].pk, nature=typed["nature"], happened=form.stated
        )

    sitting = item.meeting.sittings.order_by("opened").last()
    return enter(
        request,
        item.meeting.body.book_id,
        Kind.INTEREST_DECLARED,
        form,
        do,
        heading=_("Interest in item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Enter the interest"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        names=names_of(request.viewer, sitting) if sitting else [],
        hint=_("They leave the item and have no vote on it. Whoever presides leaves the chair for it."),
    )


@get_or_post
def withdraw_interest(request: HouseRequest, interest_id: int) -> HttpResponse:
    """Enter that somebody has no such interest after all."""
    declared = Interest.objects.select_related("item__meeting__body", "person").filter(pk=interest_id).first()
    if declared is None or not sees_part(request.viewer, declared.item.meeting, declared.access):
        raise Http404
    meeting = declared.item.meeting
    form = forms.LeaveChairForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.withdraw_interest(by=by, interest_id=declared.pk, because=because, happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        Kind.INTEREST_WITHDRAWN,
        form,
        do,
        heading=_("%(name)s takes part in the item again") % {"name": declared.person.name},
        button=_("Enter it"),
        back=desk_address(meeting),
        meeting=meeting,
    )


@get_or_post
def form_organ(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Form a temporary organ of the meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.OrganForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.form_organ(
            by=by,
            meeting_id=meeting.pk,
            kind=typed["kind"],
            name=typed["name"],
            people=typed["people"],
            task=typed["task"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.ORGAN_FORMED,
        form,
        do,
        heading=_("Form a committee of the meeting"),
        button=_("Form it"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("It reports back to the meeting and ends with it."),
    )


@get_or_post
def report_of_organ(request: HouseRequest, organ_id: int) -> HttpResponse:
    """Enter what a temporary organ reports."""
    organ = organ_seen(request, organ_id)
    form = forms.TextForm(request.POST or None, zone=organ.meeting.body.time_zone)

    def do(by: Actor) -> object:
        text = form.cleaned_data["text"]
        return acts.report_of_organ(by=by, organ_id=organ.pk, text=text, happened=form.stated)

    return enter(
        request,
        organ.meeting.body.book_id,
        Kind.ORGAN_REPORTED,
        form,
        do,
        heading=_("%(name)s reports") % {"name": organ.name},
        button=_("Enter the report"),
        back=desk_address(organ.meeting),
        meeting=organ.meeting,
    )


@get_or_post
def end_organ(request: HouseRequest, organ_id: int) -> HttpResponse:
    """End a temporary organ."""
    organ = organ_seen(request, organ_id)
    form = HappenedForm(request.POST or None, zone=organ.meeting.body.time_zone)
    return enter(
        request,
        organ.meeting.body.book_id,
        Kind.ORGAN_ENDED,
        form,
        lambda by: acts.end_organ(by=by, organ_id=organ.pk, happened=form.stated),
        heading=_("%(name)s ends its work") % {"name": organ.name},
        button=_("Enter that it ends"),
        back=desk_address(organ.meeting),
        meeting=organ.meeting,
    )


def organ_seen(request: HouseRequest, organ_id: int) -> Organ:
    """Return a temporary organ; raise Http404 where the viewer may not see it."""
    organ = Organ.objects.select_related("meeting__body", "meeting__term").filter(pk=organ_id).first()
    if organ is None or not sees_part(request.viewer, organ.meeting, organ.access):
        raise Http404
    return organ
