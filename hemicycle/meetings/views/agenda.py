"""The agenda as the desk makes it: the editor, and a page for each change."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import bodies_by_unit, body_named
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts
from hemicycle.meetings.forms import convening as forms
from hemicycle.meetings.forms import key
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.queries import item_for, items_for, meeting_for
from hemicycle.meetings.queries.referrals import referral_for, waiting_for
from hemicycle.meetings.views.asking import get_or_post
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
            }
        )
    return found


@get_or_post
def add_item(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.AddItemForm(
        request.POST or None,
        meeting=meeting,
        items=items_for(request.viewer, meeting),
        initial={"access": meeting.access, "parent": request.GET.get("parent", "")},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.add_item(
            by=by,
            meeting_id=meeting.pk,
            title=typed["title"],
            referred_by=typed["referred_by"],
            parent_id=key(typed["parent"]),
            at=typed["at"],
            access=typed["access"],
            seen=form.seen_version,
            vote=form.vote,
            happened=form.stated,
        )

    return changing(
        request, meeting, form, do, Kind.ITEM_ADDED, _("Add an item to the agenda"), _("Add the item"), desk_address
    )


@get_or_post
def change_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Change how an item stands on the agenda."""
    item = item_for(request.viewer, item_id)
    given = {"title": item.title, "referred_by": item.referred_by}
    form = forms.ChangeItemForm(request.POST or None, meeting=item.meeting, initial=given)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.change_item(
            by=by,
            item_id=item.pk,
            title=typed["title"],
            referred_by=typed["referred_by"],
            seen=form.seen_version,
            vote=form.vote,
            happened=form.stated,
        )

    heading = _("Change item %(number)s") % {"number": item.called}
    return changing(request, item.meeting, form, do, Kind.ITEM_CHANGED, heading, _("Change the item"), hint=item.title)


@get_or_post
def move_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Move an item to another place on the agenda."""
    item = item_for(request.viewer, item_id)
    others = items_for(request.viewer, item.meeting).exclude(pk=item.pk)
    form = forms.MoveItemForm(
        request.POST or None, meeting=item.meeting, items=others, initial={"parent": item.parent_id or ""}
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.move_item(
            by=by,
            item_id=item.pk,
            parent_id=key(typed["parent"]),
            at=typed["at"] or len(others) + 1,
            seen=form.seen_version,
            vote=form.vote,
            happened=form.stated,
        )

    heading = _("Move item %(number)s") % {"number": item.called}
    return changing(request, item.meeting, form, do, Kind.ITEM_MOVED, heading, _("Move the item"), hint=item.title)


@get_or_post
def withdraw_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = item_for(request.viewer, item_id)
    form = forms.WithdrawItemForm(request.POST or None, meeting=item.meeting)

    def do(by: Actor) -> object:
        return acts.withdraw_item(
            by=by,
            item_id=item.pk,
            because=form.cleaned_data["because"],
            seen=form.seen_version,
            vote=form.vote,
            happened=form.stated,
        )

    heading = _("Take item %(number)s off the agenda") % {"number": item.called}
    said = _("“%(title)s”, with whatever stands under it. The book keeps it.") % {"title": item.title}
    return changing(request, item.meeting, form, do, Kind.ITEM_WITHDRAWN, heading, _("Take it off"), hint=said)


@get_or_post
def adopt_agenda(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Adopt the agenda as it stands."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.AdoptForm(request.POST or None, meeting=meeting)

    def do(by: Actor) -> object:
        seen = form.cleaned_data["seen"]
        return acts.adopt_agenda(by=by, meeting_id=meeting.pk, seen=seen, happened=form.stated)

    said = _("From then on it is frozen: the meeting itself votes on every change of it.")
    heading = _("Adopt the agenda")
    return changing(request, meeting, form, do, Kind.AGENDA_ADOPTED, heading, heading, desk_address, hint=said)


@get_or_post
def refer_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Refer the matter of an item to another body."""
    item = item_for(request.viewer, item_id)
    body = item.meeting.body
    bodies = bodies_by_unit().exclude(pk=body.pk)
    form = forms.ReferForm(request.POST or None, zone=body.time_zone, bodies=bodies, initial={"title": item.title})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.refer_item(
            by=by,
            body_id=body.pk,
            item_id=item.pk,
            to_id=int(typed["to"]),
            title=typed["title"],
            note=typed["note"],
            happened=form.stated,
        )

    heading = _("Refer item %(number)s to another body") % {"number": item.called}
    return changing(request, item.meeting, form, do, Kind.ITEM_REFERRED, heading, _("Refer it"), hint=item.title)


@get_or_post
def refer(request: HouseRequest, slug: str) -> HttpResponse:
    """Refer a matter from a body to another, without an item."""
    body = body_named(slug)
    form = forms.ReferForm(request.POST or None, zone=body.time_zone, bodies=bodies_by_unit().exclude(pk=body.pk))

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.refer_item(
            by=by,
            body_id=body.pk,
            to_id=int(typed["to"]),
            title=typed["title"],
            note=typed["note"],
            happened=form.stated,
        )

    return enter(
        request,
        body.book_id,
        Kind.ITEM_REFERRED,
        form,
        do,
        heading=_("Refer a matter to another body"),
        button=_("Refer it"),
        back=reverse("bodies:body", args=[body.slug]),
        body=body,
        hint=_("Its desk takes it onto an agenda, or declines it and says why."),
    )


@get_or_post
def accept_referral(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Take what another body referred onto the agenda."""
    meeting = meeting_for(request.viewer, meeting_id)
    able = bool(request.actors_in(meeting.body.book_id, Kind.REFERRAL_ACCEPTED))
    form = forms.AcceptForm(
        request.POST or None,
        meeting=meeting,
        referrals=waiting_for(meeting.body) if able else (),
        items=items_for(request.viewer, meeting),
        initial={"referral": request.GET.get("referral", "")},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.accept_referral(
            by=by,
            referral_id=int(typed["referral"]),
            meeting_id=meeting.pk,
            parent_id=key(typed["parent"]),
            at=typed["at"],
            seen=form.seen_version,
            vote=form.vote,
            happened=form.stated,
        )

    heading = _("Accept a referral onto the agenda")
    return changing(request, meeting, form, do, Kind.REFERRAL_ACCEPTED, heading, _("Put it on the agenda"))


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


def changing(
    request: HouseRequest,
    meeting: Meeting,
    form: HappenedForm,
    do: Callable[[Actor], object],
    kind: Kind,
    heading: str,
    button: str,
    back: Callable[[Meeting], str] = editor_address,
    *,
    hint: str = "",
) -> HttpResponse:
    """Enter a change of a meeting's agenda."""
    return enter(
        request,
        meeting.body.book_id,
        kind,
        form,
        do,
        heading=heading,
        button=button,
        back=back(meeting),
        meeting=meeting,
        hint=hint,
    )
