"""Pages of the desk on a sitting under way: its rests, parts in private, the chair, counts, interests and organs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import rules_on
from hemicycle.meetings import acts
from hemicycle.meetings.acts.privacy import OF_THE_BODY
from hemicycle.meetings.forms import floor as forms
from hemicycle.meetings.models import Interest, Organ, Sitting
from hemicycle.meetings.queries import participations_for
from hemicycle.meetings.queries.counts import may_be_second
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.views.asking import Asks, get_or_post, names_in, names_on, on_item, on_meeting, on_sitting, show
from hemicycle.meetings.views.debate import called
from hemicycle.meetings.words import Kind

suspend = on_sitting(
    Asks(
        Kind.SITTING_SUSPENDED,
        acts.suspend_sitting,
        heading=lambda _sitting: _("Suspend the sitting"),
        button=lambda: _("Suspend it"),
        hint=lambda _sitting: _("Nothing is dealt with until it is resumed. Whoever is there stays entered as there."),
        form=forms.SuspendForm,
        typed=lambda form: {"because": form.cleaned_data["because"], "until": form.until_moment},
    )
)
resume = on_sitting(
    Asks(
        Kind.SITTING_RESUMED,
        acts.resume_sitting,
        heading=lambda _sitting: _("Resume the sitting"),
        button=lambda: _("Resume it"),
    )
)


def planned_after(sitting: Sitting) -> Sitting | None:
    """Return the sitting that is planned after another."""
    return sitting.meeting.sittings.filter(opened=None, ordinal__gt=sitting.ordinal).order_by("ordinal").first()


def where_it_goes_on(sitting: Sitting) -> str:
    """Say in which sitting a meeting goes on, or ask when it does."""
    planned = planned_after(sitting)
    if planned is None:
        return _("No later sitting is planned yet: say when the meeting goes on.")
    return _("The meeting goes on in sitting %(number)d, as planned.") % {"number": planned.ordinal}


adjourn = on_sitting(
    Asks(
        Kind.SITTING_ADJOURNED,
        acts.adjourn_sitting,
        heading=lambda _sitting: _("Adjourn the sitting"),
        button=lambda: _("Adjourn it"),
        hint=where_it_goes_on,
        form=forms.AdjournForm,
        given=lambda _request, sitting: {"planned": planned_after(sitting) is not None},
        typed=lambda form: {
            "because": form.cleaned_data["because"],
            **dict(zip(("starts", "ends"), form.times(), strict=True)),
        },
    )
)
reopen_sitting = on_sitting(
    Asks(
        Kind.SITTING_REOPENED,
        acts.reopen_sitting,
        heading=lambda sitting: _("Open sitting %(number)d again") % {"number": sitting.ordinal},
        button=lambda: _("Open it again"),
        hint=lambda _sitting: _("Who was there is entered as coming again, and somebody takes the chair."),
        form=forms.BecauseForm,
    )
)
reopen_meeting = on_meeting(
    Asks(
        Kind.MEETING_REOPENED,
        acts.reopen_meeting,
        heading=lambda _meeting: _("Open the meeting again"),
        button=lambda: _("Open it again"),
        form=forms.BecauseForm,
    )
)


def guests(request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return who is there and is no member: they stay in a part in private where they are asked to."""
    there = participations_for(request.viewer, sitting).filter(presences__isnull=False, presences__went=None)
    return {"others": there.exclude(capacity__in=OF_THE_BODY)}


go_into_private = on_sitting(
    Asks(
        Kind.SITTING_CLOSED_TO_PUBLIC,
        acts.go_into_private,
        heading=lambda _sitting: _("Go on in private"),
        button=lambda: _("Go on in private"),
        hint=lambda _sitting: _(
            "Others learn that the sitting is in private, and nothing of what is done in it, then or later."
        ),
        form=forms.PrivateForm,
        given=guests,
    )
)
open_to_public = on_sitting(
    Asks(
        Kind.SITTING_OPENED_TO_PUBLIC,
        acts.open_to_public,
        heading=lambda _sitting: _("Open the sitting again"),
        button=lambda: _("Open it to all who may attend"),
        hint=lambda _sitting: _("What was done in private stays there."),
    )
)
leave_chair = on_sitting(
    Asks(
        Kind.CHAIR_LEFT,
        acts.leave_chair,
        heading=lambda _sitting: _("The chair is left"),
        button=lambda: _("Enter that the chair is left"),
        hint=lambda _sitting: _(
            "The next in the order of the rules takes over; where nobody does, the sitting is suspended."
        ),
        form=forms.LeaveChairForm,
    )
)


def second_call(_request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return whether this count can be the second call."""
    in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
    return {"knows_second": in_force.second_call_numerator is not None and may_be_second(sitting)}


call_quorum = on_sitting(
    Asks(
        Kind.QUORUM_CALLED,
        acts.call_quorum,
        heading=lambda _sitting: _("Count the quorum"),
        button=lambda: _("Count who is there"),
        hint=lambda _sitting: _("Counted are those entered as there. Too few of them, and what the rules say follows."),
        form=forms.QuorumForm,
        given=second_call,
        names=names_in,
    )
)
declare_interest = on_item(
    Asks(
        Kind.INTEREST_DECLARED,
        acts.declare_interest,
        heading=lambda item: _("Interest in item %(number)s: %(title)s") % called(item),
        button=lambda: _("Enter the interest"),
        hint=lambda _item: _("They leave the item and have no vote on it. Whoever presides leaves the chair for it."),
        form=forms.InterestForm,
        names=names_on,
    )
)
form_organ = on_meeting(
    Asks(
        Kind.ORGAN_FORMED,
        acts.form_organ,
        heading=lambda _meeting: _("Form a committee of the meeting"),
        button=lambda: _("Form it"),
        hint=lambda _meeting: _("It reports back to the meeting and ends with it."),
        form=forms.OrganForm,
    )
)
WITHDRAW: Asks[Interest] = Asks(
    Kind.INTEREST_WITHDRAWN,
    acts.withdraw_interest,
    heading=lambda declared: _("%(name)s takes part in the item again") % {"name": declared.person.name},
    button=lambda: _("Enter it"),
    form=forms.LeaveChairForm,
)
REPORT: Asks[Organ] = Asks(
    Kind.ORGAN_REPORTED,
    acts.report_of_organ,
    heading=lambda organ: _("%(name)s reports") % {"name": organ.name},
    button=lambda: _("Enter the report"),
    form=forms.TextForm,
)
END: Asks[Organ] = Asks(
    Kind.ORGAN_ENDED,
    acts.end_organ,
    heading=lambda organ: _("%(name)s ends its work") % {"name": organ.name},
    button=lambda: _("Enter that it ends"),
)


@get_or_post
def withdraw_interest(request: HouseRequest, interest_id: int) -> HttpResponse:
    """Enter that somebody has no such interest after all."""
    declared = Interest.objects.select_related("item__meeting__body", "person").filter(pk=interest_id).first()
    if declared is None or not sees_part(request.viewer, declared.item.meeting, declared.access):
        raise Http404
    return show(request, WITHDRAW, declared, declared.item.meeting, interest_id=declared.pk)


@get_or_post
def report_of_organ(request: HouseRequest, organ_id: int) -> HttpResponse:
    """Enter what a temporary organ reports."""
    organ = organ_seen(request, organ_id)
    return show(request, REPORT, organ, organ.meeting, organ_id=organ.pk)


@get_or_post
def end_organ(request: HouseRequest, organ_id: int) -> HttpResponse:
    """End a temporary organ."""
    organ = organ_seen(request, organ_id)
    return show(request, END, organ, organ.meeting, organ_id=organ.pk)


def organ_seen(request: HouseRequest, organ_id: int) -> Organ:
    """Return a temporary organ; raise Http404 where the viewer may not see it."""
    organ = Organ.objects.select_related("meeting__body", "meeting__term").filter(pk=organ_id).first()
    if organ is None or not sees_part(request.viewer, organ.meeting, organ.access):
        raise Http404
    return organ
