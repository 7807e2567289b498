"""Who casts whose vote: the proxies of a meeting, given and revoked, and how many votes somebody has."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts
from hemicycle.meetings.forms.mandates import PeopleField
from hemicycle.meetings.models import Meeting, Proxy
from hemicycle.meetings.queries import meeting_for, sees_names
from hemicycle.meetings.queries.proxies import names_of_voters, proxies_for, voters_in
from hemicycle.meetings.views.asking import Asks, get_or_post, on_participation, show
from hemicycle.meetings.views.entering import desk_address, page_address
from hemicycle.meetings.views.taking_part import list_address
from hemicycle.meetings.words import Kind


def named(label: Any, *, required: bool = True) -> forms.CharField:
    """Return a field for the name of a person."""
    widget = forms.TextInput(attrs={"list": "names", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, required=required, widget=widget)


class HolderForm(HappenedForm):
    """To whom one gives one's own vote."""

    holder = named(gettext_lazy("Who casts the vote"))

    def clean_holder(self) -> Person:
        """Return who holds it."""
        return PeopleField().named(self.cleaned_data["holder"].strip())


class ProxyForm(HolderForm):
    """Whose vote is given to whom, as the desk enters it."""

    principal = named(gettext_lazy("Whose vote"))
    field_order = ("principal", "holder")

    def clean_principal(self) -> Person:
        """Return whose vote it is."""
        return PeopleField().named(self.cleaned_data["principal"].strip())


class WeightForm(HappenedForm):
    """How many votes somebody has."""

    weight = forms.IntegerField(label=gettext_lazy("Votes"))


def proxies_address(meeting: Meeting) -> str:
    """Return the address of the proxies of a meeting."""
    return reverse("meetings:proxies", args=[meeting.pk])


@never_cache
@require_safe
def proxies(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show who casts whose vote in a meeting, and where one can give or revoke a proxy."""
    meeting = meeting_for(request.viewer, meeting_id)
    if not sees_names(request.viewer, meeting):
        raise Http404
    giving = request.actors_in(meeting.body.book_id, Kind.PROXY_GIVEN)
    desk = any(actor.capacity in DESK for actor in giving)
    mine = request.viewer.person
    rules = rules_on(meeting.body, meeting.starts)
    rows = [
        (one, not one.revoked and (desk or one.principal_id == mine)) for one in proxies_for(request.viewer, meeting)
    ]
    gave = any(one.principal_id == mine and not one.revoked for one, _mine in rows)
    may = bool(giving) and rules.proxies_most > 0 and not meeting.closed and not meeting.cancelled
    shown = {
        "meeting": meeting,
        "rules": rules,
        "rows": rows,
        "actors": giving,
        "may_give": may and (desk or (mine in voters_in(meeting) and not gave)),
        "over": bool(meeting.closed or meeting.cancelled),
        "desk": desk,
        "here": request.path,
        "back": desk_address(meeting) if desk else page_address(meeting),
    }
    return render(request, "meetings/proxies.html", shown)


@get_or_post
def give(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Give a proxy: the desk for whoever handed one in, others for themselves."""
    meeting = meeting_for(request.viewer, meeting_id)
    desk = any(one.capacity in DESK for one in request.actors_in(meeting.body.book_id, Kind.PROXY_GIVEN))
    mine = request.viewer.person or 0
    asks: Asks[Meeting] = Asks(
        Kind.PROXY_GIVEN,
        acts.give_proxy,
        heading=lambda _meeting: _("Give a proxy") if desk else _("Give your vote to another"),
        button=lambda: _("Give the proxy"),
        hint=lambda _meeting: _("It holds in this meeting, and rests while whoever gave it is there."),
        form=ProxyForm if desk else HolderForm,
        typed=lambda form: {
            "holder_id": form.cleaned_data["holder"].pk,
            "principal_id": form.cleaned_data["principal"].pk if desk else mine,
        },
        names=lambda _request, one: names_of_voters(one),
        back=proxies_address,
    )
    return show(request, asks, meeting, meeting, meeting_id=meeting.pk)


REVOKE: Asks[Proxy] = Asks(
    Kind.PROXY_REVOKED,
    acts.revoke_proxy,
    heading=lambda one: (
        _("Revoke the proxy of %(holder)s for %(principal)s")
        % {"holder": one.holder.name, "principal": one.principal.name}
    ),
    button=lambda: _("Revoke it"),
    back=lambda one: proxies_address(one.meeting),
)


@get_or_post
def revoke(request: HouseRequest, proxy_id: int) -> HttpResponse:
    """Revoke a proxy."""
    asked = Proxy.objects.select_related("meeting__body", "meeting__term", "principal", "holder")
    proxy = get_object_or_404(asked, pk=proxy_id)
    if not proxies_for(request.viewer, proxy.meeting).filter(pk=proxy.pk).exists():
        raise Http404
    return show(request, REVOKE, proxy, proxy.meeting, proxy_id=proxy.pk)


weigh = on_participation(
    Asks(
        Kind.VOTES_WEIGHED,
        acts.weigh_votes,
        heading=lambda row: _("How many votes %(name)s has") % {"name": str(row)},
        button=lambda: _("Enter it"),
        hint=lambda _row: _("It holds for ballots that are opened from now on."),
        form=WeightForm,
        given=lambda _request, row: {"initial": {"weight": row.weight}},
        back=lambda row: list_address(row.sitting),
    )
)
