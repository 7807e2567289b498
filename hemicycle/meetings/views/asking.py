"""A page of the desk that asks for one act on something of a meeting: what sets it apart stands in a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import names_offered
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
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


def pages_on(
    find: Callable[[Viewer, int], Thing], meeting_of: Callable[[Thing], Meeting], key: str
) -> Callable[[Asks[Thing]], Page]:
    """Return what makes the pages of acts on a kind of thing.

    `find` returns one that a reader may see, or raises Http404; `key` is its name in addresses and for the act.
    """

    def on(asks: Asks[Thing]) -> Page:
        def page(request: HouseRequest, **keys: int) -> HttpResponse:
            thing = find(request.viewer, keys[key])
            return show(request, asks, thing, meeting_of(thing), **{key: thing.pk})

        return get_or_post(page)

    return on


on_meeting = pages_on(meeting_for, lambda meeting: meeting, "meeting_id")
on_sitting = pages_on(sitting_for, lambda sitting: sitting.meeting, "sitting_id")
on_item = pages_on(item_for, lambda item: item.meeting, "item_id")
on_participation = pages_on(participation_for, lambda row: row.sitting.meeting, "participation_id")


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
