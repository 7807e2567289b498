"""The page on which it is said why nobody is given a task from a point."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, forms, queries
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor


@never_cache
@get_or_post
def leave(request: HouseRequest, point_id: int) -> HttpResponse:
    """Say why nobody is given a task from a point."""
    point = queries.point_for(request.viewer, point_id)
    form = forms.WithoutTaskForm(request.POST or None, zone=point.decision.body.time_zone)

    def do(by: Actor) -> object:
        reason = form.cleaned_data["reason"]
        return acts.leave_without_task(by=by, point_id=point.pk, reason=reason, happened=form.stated)

    return enter(
        request,
        point.decision.body.book_id,
        Kind.POINT_WITHOUT_TASK,
        form,
        do,
        heading=_("No task from point %(point)d") % {"point": point.ordinal},
        button=_("Enter the reason"),
        back=queries.decision_address(point.decision),
        decision=point.decision,
        quoted=point.text,
    )
