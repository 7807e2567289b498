"""Pages of the desk on the debate of an item: speeches, conclusions, the end of the debate, and what undoes them."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts
from hemicycle.meetings.forms import floor as forms
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.queries import item_for, meetings_of, names_of, sitting_for
from hemicycle.meetings.views.convening import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


@get_or_post
def give_speech(request: HouseRequest, item_id: int) -> HttpResponse:
    """Enter a speech on an item."""
    item = item_for(request.viewer, item_id)
    form = forms.SpeechForm(request.POST or None, zone=item.meeting.body.time_zone, initial={"form": "delivered"})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.give_speech(
            by=by,
            item_id=item.pk,
            speaker_id=typed["speaker"].pk,
            form=typed["form"],
            text=typed["text"],
            happened=form.stated,
        )

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.SPEECH_GIVEN,
        form,
        do,
        heading=_("Speech on item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Enter the speech"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        names=names_in(request, item),
    )


@get_or_post
def draw_conclusion(request: HouseRequest, item_id: int) -> HttpResponse:
    """Enter what is concluded from the debate on an item."""
    item = item_for(request.viewer, item_id)
    form = forms.ConclusionForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.draw_conclusion(
            by=by, item_id=item.pk, drawn_by_id=typed["drawn_by"].pk, text=typed["text"], happened=form.stated
        )

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.CONCLUSION_DRAWN,
        form,
        do,
        heading=_("Conclusion on item %(number)d: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Enter the conclusion"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        names=names_in(request, item),
    )


def names_in(request: HouseRequest, item: AgendaItem) -> list[str]:
    """Return the names of those who take part in the last sitting, to choose from."""
    sitting = item.meeting.sittings.order_by("opened").last()
    return names_of(request.viewer, sitting) if sitting else []


@get_or_post
def close_debate(request: HouseRequest, item_id: int) -> HttpResponse:
    """Close the debate on an item."""
    item = item_for(request.viewer, item_id)
    form = HappenedForm(request.POST or None, zone=item.meeting.body.time_zone)
    return enter(
        request,
        item.meeting.body.book_id,
        Kind.DEBATE_CLOSED,
        form,
        lambda by: acts.close_debate(by=by, item_id=item.pk, happened=form.stated),
        heading=_("Close the debate on item %(number)d") % {"number": item.ordinal},
        button=_("Close the debate"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def close_list(request: HouseRequest, item_id: int) -> HttpResponse:
    """Close the list of speakers on an item."""
    item = item_for(request.viewer, item_id)
    form = HappenedForm(request.POST or None, zone=item.meeting.body.time_zone)
    return enter(
        request,
        item.meeting.body.book_id,
        Kind.LIST_CLOSED,
        form,
        lambda by: acts.close_debate(by=by, item_id=item.pk, only_list=True, happened=form.stated),
        heading=_("Close the list of speakers on item %(number)d") % {"number": item.ordinal},
        button=_("Close the list"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        hint=_("Who stands on it still speaks."),
    )


@get_or_post
def reopen_debate(request: HouseRequest, item_id: int) -> HttpResponse:
    """Open the debate on an item again."""
    item = item_for(request.viewer, item_id)
    form = forms.BecauseForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.reopen_debate(by=by, item_id=item.pk, because=because, happened=form.stated)

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.DEBATE_REOPENED,
        form,
        do,
        heading=_("Open the debate on item %(number)d again") % {"number": item.ordinal},
        button=_("Open it again"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def reopen_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Open an item again that was settled."""
    item = item_for(request.viewer, item_id)
    form = forms.BecauseForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.reopen_item(by=by, item_id=item.pk, because=because, happened=form.stated)

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.ITEM_REOPENED,
        form,
        do,
        heading=_("Open item %(number)d again: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Open it again"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        hint=_("It is to come, and can be taken up. What was certified on it stands."),
    )


@get_or_post
def carry_over_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Carry an item over to a later meeting."""
    item = item_for(request.viewer, item_id)
    later = meetings_of(request.viewer, item.meeting.body).filter(
        starts__gte=item.meeting.starts, closed=None, cancelled=None, agenda_adopted=None
    )
    form = forms.CarryForm(
        request.POST or None, zone=item.meeting.body.time_zone, later=later.exclude(pk=item.meeting_id)
    )

    def do(by: Actor) -> object:
        key = int(form.cleaned_data["meeting"])
        return acts.carry_over_item(by=by, item_id=item.pk, meeting_id=key, happened=form.stated)

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.ITEM_CARRIED_OVER,
        form,
        do,
        heading=_("Carry item %(number)d over: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Carry it over"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        hint=_("A later meeting has to be convened whose agenda is not adopted yet."),
    )


@get_or_post
def refer_back_item(request: HouseRequest, item_id: int) -> HttpResponse:
    """Refer an item back."""
    item = item_for(request.viewer, item_id)
    form = forms.ReferForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.refer_back_item(
            by=by, item_id=item.pk, to=typed["to"], because=typed["because"], happened=form.stated
        )

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.ITEM_REFERRED_BACK,
        form,
        do,
        heading=_("Refer item %(number)d back: %(title)s") % {"number": item.ordinal, "title": item.title},
        button=_("Refer it back"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def reverse_ruling(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Enter that a ruling of the chair is reversed."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = forms.RulingForm(request.POST or None, zone=sitting.meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.reverse_ruling(
            by=by, sitting_id=sitting.pk, ruling=typed["ruling"], instead=typed["instead"], happened=form.stated
        )

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.RULING_REVERSED,
        form,
        do,
        heading=_("Reverse a ruling of the chair"),
        button=_("Enter the reversal"),
        back=desk_address(sitting.meeting),
        meeting=sitting.meeting,
    )
