"""Pages of the desk on the debate of an item: speeches, conclusions, the end of the debate, and what undoes them."""

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings import acts
from hemicycle.meetings.forms import floor as forms
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.queries import meetings_of
from hemicycle.meetings.views.asking import Asks, as_typed, names_on, on_item, on_sitting
from hemicycle.meetings.words import Kind


def called(item: AgendaItem) -> dict[str, str]:
    """Return how a heading calls an item."""
    return {"number": item.called, "title": item.title}


def delivered(_request: HouseRequest, _item: AgendaItem) -> dict[str, Any]:
    """Return what a form begins with for what is spoken more often than written."""
    return {"initial": {"form": "delivered"}}


give_speech = on_item(
    Asks(
        Kind.SPEECH_GIVEN,
        acts.give_speech,
        heading=lambda item: _("Speech on item %(number)s: %(title)s") % called(item),
        button=lambda: _("Enter the speech"),
        form=forms.SpeechForm,
        given=delivered,
        names=names_on,
    )
)
draw_conclusion = on_item(
    Asks(
        Kind.CONCLUSION_DRAWN,
        acts.draw_conclusion,
        heading=lambda item: _("Conclusion on item %(number)s: %(title)s") % called(item),
        button=lambda: _("Enter the conclusion"),
        form=forms.ConclusionForm,
        names=names_on,
    )
)
close_debate = on_item(
    Asks(
        Kind.DEBATE_CLOSED,
        acts.close_debate,
        heading=lambda item: _("Close the debate on item %(number)s") % called(item),
        button=lambda: _("Close the debate"),
    )
)
close_list = on_item(
    Asks(
        Kind.LIST_CLOSED,
        acts.close_debate,
        heading=lambda item: _("Close the list of speakers on item %(number)s") % called(item),
        button=lambda: _("Close the list"),
        hint=lambda _item: _("Who stands on it still speaks."),
        typed=lambda form: {**as_typed(form), "only_list": True},
    )
)
reopen_debate = on_item(
    Asks(
        Kind.DEBATE_REOPENED,
        acts.reopen_debate,
        heading=lambda item: _("Open the debate on item %(number)s again") % called(item),
        button=lambda: _("Open it again"),
        form=forms.BecauseForm,
    )
)
reopen_item = on_item(
    Asks(
        Kind.ITEM_REOPENED,
        acts.reopen_item,
        heading=lambda item: _("Open item %(number)s again: %(title)s") % called(item),
        button=lambda: _("Open it again"),
        hint=lambda _item: _("It is to come, and can be taken up. What was certified on it stands."),
        form=forms.BecauseForm,
    )
)


def later_meetings(request: HouseRequest, item: AgendaItem) -> dict[str, Any]:
    """Return the meetings to which an item can be carried over."""
    later = meetings_of(request.viewer, item.meeting.body).filter(
        starts__gte=item.meeting.starts,
        closed=None,
        cancelled=None,
        agenda_adopted=None,
        rehearsal=item.meeting.rehearsal,
    )
    return {"later": later.exclude(pk=item.meeting_id)}


carry_over_item = on_item(
    Asks(
        Kind.ITEM_CARRIED_OVER,
        acts.carry_over_item,
        heading=lambda item: _("Carry item %(number)s over: %(title)s") % called(item),
        button=lambda: _("Carry it over"),
        hint=lambda _item: _("A later meeting has to be convened whose agenda is not adopted yet."),
        form=forms.CarryForm,
        given=later_meetings,
        typed=lambda form: {"meeting_id": int(form.cleaned_data["meeting"])},
    )
)
refer_back_item = on_item(
    Asks(
        Kind.ITEM_REFERRED_BACK,
        acts.refer_back_item,
        heading=lambda item: _("Refer item %(number)s back: %(title)s") % called(item),
        button=lambda: _("Refer it back"),
        form=forms.ReferForm,
    )
)
reverse_ruling = on_sitting(
    Asks(
        Kind.RULING_REVERSED,
        acts.reverse_ruling,
        heading=lambda _sitting: _("Reverse a ruling of the chair"),
        button=lambda: _("Enter the reversal"),
        form=forms.RulingForm,
    )
)
