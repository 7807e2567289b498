"""The agenda as the desk makes it: the editor, and a page for each change."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import bodies_by_unit, body_named
from hemicycle.journal.act import Actor
from hemicycle.meetings import acts
from hemicycle.meetings.forms import convening as forms
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.queries import item_for, items_for, meeting_for
from hemicycle.meetings.queries.referrals import referral_for, waiting_for
from hemicycle.meetings.views.asking import Asks, get_or_post, on_item, on_meeting, show
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


def editor_address(meeting: Meeting) -> str:
    """Return the address of a meeting's agenda as the desk makes it."""
    return reverse("meetings:agenda", args=[meeting.pk])


@never_cache
@require_safe
def agenda(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show the agenda to the desk, with what can be done about each item."""
    meeting = meeting_for(request.viewer, meeting_id)
    able = request.actors_in(meeting.body.book_id, Kind.ITEM_CHANGED)
    if not able:
        raise Http404
    items = list(items_for(request.viewer, meeting))
    return render(
        request,
        "meetings/agenda.html",
        {
            "meeting": meeting,
            "rows": rows(items),
            "actors": able,
            "over": bool(meeting.closed or meeting.cancelled),
            "referrals": waiting_for(meeting.body),
            "desk": desk_address(meeting),
            "here": request.path,
        },
    )


def rows(items: list[AgendaItem]) -> list[dict[str, object]]:
    """Return the items with their depth, and where among its siblings each can go by one step."""
    depth: dict[int | None, int] = {None: 0}
    siblings: dict[int | None, list[int]] = {}
    for item in items:
        depth[item.pk] = depth.get(item.parent_id, 0) + 1
        siblings.setdefault(item.parent_id, []).append(item.pk)
    found = []
    for item in items:
        beside = siblings[item.parent_id]
        at = beside.index(item.pk) + 1
        found.append(
            {
                "item": item,
                "depth": depth[item.pk],
                "up": at - 1,
                "down": at + 1 if at < len(beside) else 0,
                "open": item.state == AgendaItem.State.PENDING,
                "left": item.state in {AgendaItem.State.PENDING, AgendaItem.State.REFERRED},
            }
        )
    return found


def of_agenda(_request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what a form on a meeting's agenda is made from."""
    return {"meeting": meeting}


def of_item(_request: HouseRequest, item: AgendaItem) -> dict[str, Any]:
    """Return what a form on an item of an agenda is made from."""
    initial = {"title": item.title, "referred_by": item.referred_by}
    return {"meeting": item.meeting, "initial": initial}


def to_add(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return among which items another can be put, and where it is asked to stand."""
    initial = {"access": meeting.access, "parent": request.GET.get("parent", "")}
    return {"meeting": meeting, "items": items_for(request.viewer, meeting), "initial": initial}


def to_move(request: HouseRequest, item: AgendaItem) -> dict[str, Any]:
    """Return among which items one can be moved."""
    others = items_for(request.viewer, item.meeting).exclude(pk=item.pk)
    return {"meeting": item.meeting, "items": others, "initial": {"parent": item.parent_id or ""}}


def to_accept(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what waits to be taken onto an agenda, for its desk, and among which items it can be put."""
    able = request.actors_in(meeting.body.book_id, Kind.REFERRAL_ACCEPTED)
    return {
        "meeting": meeting,
        "referrals": waiting_for(meeting.body) if able else (),
        "items": items_for(request.viewer, meeting),
        "initial": {"referral": request.GET.get("referral", "")},
    }


def editor_of(item: AgendaItem) -> str:
    """Return the address of the agenda on which an item stands, as the desk makes it."""
    return editor_address(item.meeting)


add_item = on_meeting(
    Asks(
        Kind.ITEM_ADDED,
        acts.add_item,
        heading=lambda _meeting: _("Add an item to the agenda"),
        button=lambda: _("Add the item"),
        form=forms.AddItemForm,
        given=to_add,
        typed=forms.AgendaForm.asked,
    )
)
change_item = on_item(
    Asks(
        Kind.ITEM_CHANGED,
        acts.change_item,
        heading=lambda item: _("Change item %(number)s") % {"number": item.called},
        button=lambda: _("Change the item"),
        hint=lambda item: item.title,
        form=forms.ChangeItemForm,
        given=of_item,
        typed=forms.AgendaForm.asked,
        back=editor_of,
    )
)
move_item = on_item(
    Asks(
        Kind.ITEM_MOVED,
        acts.move_item,
        heading=lambda item: _("Move item %(number)s") % {"number": item.called},
        button=lambda: _("Move the item"),
        hint=lambda item: item.title,
        form=forms.MoveItemForm,
        given=to_move,
        typed=forms.AgendaForm.asked,
        back=editor_of,
    )
)
withdraw_item = on_item(
    Asks(
        Kind.ITEM_WITHDRAWN,
        acts.withdraw_item,
        heading=lambda item: _("Take item %(number)s off the agenda") % {"number": item.called},
        button=lambda: _("Take it off"),
        hint=lambda item: _("“%(title)s”, with whatever stands under it. The book keeps it.") % {"title": item.title},
        form=forms.WithdrawItemForm,
        given=lambda _request, item: {"meeting": item.meeting},
        typed=forms.AgendaForm.asked,
        back=editor_of,
    )
)
adopt_agenda = on_meeting(
    Asks(
        Kind.AGENDA_ADOPTED,
        acts.adopt_agenda,
        heading=lambda _meeting: _("Adopt the agenda"),
        button=lambda: _("Adopt the agenda"),
        hint=lambda _meeting: _("From then on it is frozen: the meeting itself votes on every change of it."),
        form=forms.AdoptForm,
        given=of_agenda,
    )
)
accept_referral = on_meeting(
    Asks(
        Kind.REFERRAL_ACCEPTED,
        acts.accept_referral,
        heading=lambda _meeting: _("Accept a referral onto the agenda"),
        button=lambda: _("Put it on the agenda"),
        form=forms.AcceptForm,
        given=to_accept,
        typed=forms.AgendaForm.asked,
        back=editor_address,
    )
)


def others_than(body: Body) -> QuerySet[Body]:
    """Return the bodies to which one can refer something."""
    return bodies_by_unit().exclude(pk=body.pk)


def referred(form: forms.ReferForm) -> dict[str, Any]:
    """Return what an act takes of a matter that is referred."""
    typed = form.cleaned_data
    return {"to_id": int(typed["to"]), "title": typed["title"], "note": typed["note"]}


REFER: Asks[AgendaItem] = Asks(
    Kind.ITEM_REFERRED,
    acts.refer_item,
    heading=lambda item: _("Refer item %(number)s to another body") % {"number": item.called},
    button=lambda: _("Refer it"),
    hint=lambda item: item.title,
    form=forms.ReferForm,
    given=lambda _request, item: {"bodies": others_than(item.meeting.body), "initial": {"title": item.title}},
    typed=referred,
    back=editor_of,
)


@get_or_post
def refer_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Refer the matter of an item to another body."""
    item = item_for(request.viewer, item_id)
    return show(request, REFER, item, item.meeting, item_id=item.pk, body_id=item.meeting.body_id)


@get_or_post
def refer(request: HouseRequest, slug: str) -> HttpResponse:
    """Refer a matter from a body to another, without an item."""
    body = body_named(slug)
    form = forms.ReferForm(request.POST or None, zone=body.time_zone, bodies=others_than(body))
    return enter(
        request,
        body.book_id,
        Kind.ITEM_REFERRED,
        form,
        lambda by: acts.refer_item(by=by, body_id=body.pk, happened=form.stated, **referred(form)),
        heading=_("Refer a matter to another body"),
        button=_("Refer it"),
        back=reverse("bodies:body", args=[body.slug]),
        body=body,
        hint=_("Its desk takes it onto an agenda, or declines it and says why."),
    )


@get_or_post
def decline_referral(request: HouseRequest, referral_id: int) -> HttpResponse:
    """Decline what another body referred."""
    referral = referral_for(request.viewer, referral_id)
    form = forms.BecauseForm(request.POST or None, zone=referral.to.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.decline_referral(by=by, referral_id=referral.pk, because=because, happened=form.stated)

    return enter(
        request,
        referral.to.book_id,
        Kind.REFERRAL_DECLINED,
        form,
        do,
        heading=_("Decline what %(body)s referred") % {"body": referral.body.name},
        button=_("Decline it"),
        back=reverse("bodies:body", args=[referral.to.slug]),
        body=referral.to,
        hint=referral.title,
    )
