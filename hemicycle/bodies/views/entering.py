"""How the forms about bodies and units become acts: by the desk of the body, or by an administrator."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hemicycle.accounts import entering
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.entering import Parsed
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.bodies.models import Body, Unit
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm

get_or_post = require_http_methods(["GET", "POST"])


def able(request: HouseRequest, kind: str, owner: Body | Unit) -> list[Actor]:
    """Return the capacities in which the reader may do this to a body or unit: its own desk's first."""
    found = [
        actor
        for actor in request.actors
        if may(kind, actor) and (actor.book == owner.book_id or actor.capacity == Capacity.ADMINISTRATOR)
    ]
    return sorted(found, key=lambda actor: actor.book != owner.book_id)


def book_for(request: HouseRequest, kind: str, owner: Body | Unit) -> int:
    """Return the book in which the reader would do it; the owner's own where they may not, so that it is refused."""
    found = able(request, kind, owner)
    return found[0].book if found else owner.book_id


def enter(
    request: HouseRequest,
    owner: Body | Unit,
    kind: str,
    form: HappenedForm,
    do: Callable[[Actor], object],
    *,
    heading: str,
    button: str,
    back: str,
    also: Sequence[Parsed] = (),
    template: str = "bodies/enter.html",
    **shown: object,
) -> HttpResponse:
    """Show a form about a body or unit, and do the act that it asks for: see `accounts.entering.enter`."""
    return entering.enter(
        request,
        book_for(request, kind, owner),
        kind,
        form,
        do,
        heading=heading,
        button=button,
        back=back,
        also=also,
        template=template,
        owner=owner,
        **shown,
    )
