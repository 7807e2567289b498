"""A page of the desk that asks for one act on something of a meeting: what sets it apart stands in a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import names_offered
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import AgendaItem, Meeting, Participation, Sitting
from hemicycle.meetings.queries import item_for, meeting_for, names_of, participation_for, sitting_for
from hemicycle.meetings.views.entering import desk_address, enter

Thing = TypeVar("Thing", bound=Model)
Page = Callable[..., HttpResponse]


def as_typed(form: Any) -> dict[str, Any]:
    """Return what an act takes of a form: its own fields by their names, persons by their keys."""
    typed = ((field.name, form.cleaned_data[field.name]) for field in form.own)
    return dict((f"{name}_id", value.pk) if isinstance(value, Person) else (name, value) for name, value in typed)


def nothing(_request: HouseRequest, _thing: Any) -> dict[str, Any]:
    """Return nothing that a form is made from besides what was sent."""
    return {}


def nobody(_request: HouseRequest, _thing: Any) -> list[str]:
    """Return no names to choose from."""
    return []


@dataclass(frozen=True)
class Asks(Generic[Thing]):
    """One page: the act that it asks for, and its words, which are told of the thing that is acted on.

    `given` is what the form is made from; `typed` what the act takes of it; `names` are offered to choose from; `back`
    is where to go on when the form does not say, the desk where it is left out.
    """

    kind: str
    act: Callable[..., object]
    heading: Callable[[Thing], str]
    button: Callable[[], str]
    hint: Callable[[Thing], str] = lambda _thing: ""
    form: Callable[..., HappenedForm] = HappenedForm
    given: Callable[[HouseRequest, Thing], dict[str, Any]] = nothing
    typed: Callable[[Any], dict[str, Any]] = as_typed
    names: Callable[[HouseRequest, Thing], list[str]] = nobody
    back: Callable[[Thing], str] | None = None


get_or_post = require_http_methods(["GET", "POST"])


def on_meeting(asks: Asks[Meeting]) -> Page:
    """Return the page of an act on a meeting."""

    def page(request: HouseRequest, meeting_id: int) -> HttpResponse:
        meeting = meeting_for(request.viewer, meeting_id)
        return show(request, asks, meeting, meeting, meeting_id=meeting.pk)

    return get_or_post(page)


def on_sitting(asks: Asks[Sitting]) -> Page:
    """Return the page of an act on a sitting."""

    def page(request: HouseRequest, sitting_id: int) -> HttpResponse:
        sitting = sitting_for(request.viewer, sitting_id)
        return show(request, asks, sitting, sitting.meeting, sitting_id=sitting.pk)

    return get_or_post(page)


def on_item(asks: Asks[AgendaItem]) -> Page:
    """Return the page of an act on an item."""

    def page(request: HouseRequest, item_id: int) -> HttpResponse:
        item = item_for(request.viewer, item_id)
        return show(request, asks, item, item.meeting, item_id=item.pk)

    return get_or_post(page)


def on_participation(asks: Asks[Participation]) -> Page:
    """Return the page of an act on somebody's part in a sitting."""

    def page(request: HouseRequest, participation_id: int) -> HttpResponse:
        row = participation_for(request.viewer, participation_id)
        return show(request, asks, row, row.sitting.meeting, participation_id=row.pk)

    return get_or_post(page)


def show(request: HouseRequest, asks: Asks[Thing], thing: Thing, meeting: Meeting, **key: int) -> HttpResponse:
    """Show the form of a page, and do the act that it asks for."""
    form = asks.form(request.POST or None, zone=meeting.body.time_zone, **asks.given(request, thing))

    def do(by: Actor) -> object:
        return asks.act(by=by, **key, **asks.typed(form), happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        asks.kind,
        form,
        do,
        heading=asks.heading(thing),
        button=asks.button(),
        back=asks.back(thing) if asks.back else desk_address(meeting),
        meeting=meeting,
        names=asks.names(request, thing),
        hint=asks.hint(thing),
    )


def names_in(request: HouseRequest, sitting: Sitting) -> list[str]:
    """Return the names of those who take part in a sitting."""
    return names_of(request.viewer, sitting)


def names_on(request: HouseRequest, item: AgendaItem) -> list[str]:
    """Return the names of those who take part in the last sitting of an item's meeting that was opened."""
    sitting = item.meeting.sittings.order_by("opened").last()
    return names_in(request, sitting) if sitting else []


def all_names(_request: HouseRequest, _thing: Any) -> list[str]:
    """Return the names of everybody who is known here."""
    return names_offered(Person.objects.all())
