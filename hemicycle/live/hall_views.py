"""Pages of the hall's screens: what each shows, at the desk the choice of it, with a preview of every screen."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.clock import now
from hemicycle.live import screens
from hemicycle.live.faces import Face
from hemicycle.live.hall import hall_key
from hemicycle.live.models import HallScreen, Shows
from hemicycle.live.views import followed, open_to, open_to_hall
from hemicycle.meetings.models import Meeting

LABELS = {
    Shows.FOLLOWS: gettext_lazy("What goes on, by itself"),
    Shows.AGENDA: gettext_lazy("The agenda"),
    Shows.ITEM: gettext_lazy("The item and its text"),
    Shows.SPEAKER: gettext_lazy("Who speaks, and who is next"),
    Shows.QUESTION: gettext_lazy("The question that is voted on, with the turnout"),
    Shows.RESULT: gettext_lazy("The last result, as seats"),
    Shows.SEATS: gettext_lazy("The last result, each vote in its own seat, where the rules open the names"),
    Shows.GROUPS: gettext_lazy("The last result by group, where the rules open the names"),
    Shows.UNITS: gettext_lazy("The last result by unit, where the rules open the names"),
    Shows.MESSAGE: gettext_lazy("A message"),
    Shows.COUNTDOWN: gettext_lazy("A countdown"),
    Shows.WELCOME: gettext_lazy("A welcome"),
    Shows.BREAK: gettext_lazy("A break"),
}
NEEDS_TEXT = {Shows.MESSAGE}
NEEDS_MINUTES = {Shows.COUNTDOWN}
MOST_MINUTES = 1440


class TurnForm(forms.Form):
    """What a screen is to show."""

    shows = forms.ChoiceField(label=gettext_lazy("Shows"), choices=list(LABELS.items()))
    text = forms.CharField(
        label=gettext_lazy("Words of a message, countdown, welcome or break"), required=False, max_length=300
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of a countdown or break"), required=False, min_value=1, max_value=MOST_MINUTES
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the content needs."""
        typed = self.cleaned_data
        if typed.get("shows") in NEEDS_TEXT and not typed.get("text", "").strip():
            self.add_error("text", gettext_lazy("Write the message that the hall is to read."))
        if typed.get("shows") in NEEDS_MINUTES and not typed.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", gettext_lazy("Say for how many minutes it counts down."))
        return typed


class NewScreenForm(forms.Form):
    """A further screen."""

    name = forms.CharField(label=gettext_lazy("Name of a further screen"), max_length=80)


@never_cache
@require_safe
@xframe_options_sameorigin
def screen(request: HouseRequest, slug: str, term: int, ordinal: int, number: int = 1) -> HttpResponse:
    """Show a hall screen to who takes part, or to a machine with the hall's key."""
    if not request.GET.get("key") and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    meeting, found = screen_for_hall(request, slug, term, ordinal, number)
    key = request.GET.get("key", "")
    shown = followed(meeting, Face.SCREEN, key) | part_of(found)
    answer = render(request, "live/screen.html", shown)
    answer.framed = "within"  # type: ignore[attr-defined]  # The middleware of the policy reads it.
    return answer


@never_cache
@require_safe
def screen_now(request: HouseRequest, slug: str, term: int, ordinal: int, number: int = 1) -> HttpResponse:
    """Show the part of a hall screen that changes, for a screen that follows."""
    _meeting, found = screen_for_hall(request, slug, term, ordinal, number)
    return render(request, "live/hall/part.html", part_of(found))


def screen_for_hall(
    request: HouseRequest, slug: str, term: int, ordinal: int, number: int
) -> tuple[Meeting, HallScreen]:
    """Return a meeting with one of its screens, for who may see it; raise Http404 for others."""
    meeting = open_to_hall(request, slug, term, ordinal)
    found = screens.screen_of(meeting, number)
    if found is None:
        raise Http404
    found.meeting = meeting
    return meeting, found


def part_of(found: HallScreen) -> dict[str, Any]:
    """Return what the changing part of a screen shows."""
    return {"shown": screens.shown_on(found, get_language() or "en"), "now_address": place_of(found, "screen_now")}


def place_of(found: HallScreen, name: str) -> str:
    """Return the address of a screen, or of a part of it."""
    meeting = found.meeting
    place = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
    if found.number == 1:
        return reverse(f"live:{name}", args=place)
    return reverse(f"live:further_{name}", args=[*place, found.number])


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def hall(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the desk what every screen shows, and turn one of them to something else, or add one."""
    meeting = open_to(request.viewer, Face.DESK, slug, term, ordinal)
    turned, added, status = None, NewScreenForm(), 200
    if request.method == "POST" and "name" in request.POST:
        added = NewScreenForm(request.POST)
        if added.is_valid():
            screens.add_screen(meeting, added.cleaned_data["name"].strip())
            return redirect(request.path)
        status = 422
    elif request.method == "POST":
        chosen = screen_at_desk(meeting, request.POST.get("screen", ""))
        form = TurnForm(request.POST, auto_id=f"screen{chosen.number}_%s")
        if form.is_valid():
            turn(chosen, form.cleaned_data)
            return redirect(f"{request.path}#screen-{chosen.number}")
        turned, status = (chosen.number, form), 422
    shown = {"meeting": meeting, "screens": [row(request, one, turned) for one in screens.screens_of(meeting)]}
    answer = render(request, "live/hall.html", shown | {"added": added}, status=status)
    answer.framed = "around"  # type: ignore[attr-defined]  # The middleware of the policy reads it.
    return answer


def turn(chosen: HallScreen, typed: dict[str, Any]) -> None:
    """Let a screen show what was typed."""
    minutes = typed["minutes"] if typed["shows"] in {Shows.COUNTDOWN, Shows.BREAK} else None
    until = now() + timedelta(minutes=minutes) if minutes else None
    text = typed["text"].strip() if typed["shows"] in screens.TYPED else ""
    screens.turn_screen(chosen, shows=typed["shows"], text=text, until=until)


def screen_at_desk(meeting: Meeting, number: str) -> HallScreen:
    """Return the screen with the number that a form names; raise Http404 where there is none."""
    known = {str(one.number): one for one in screens.screens_of(meeting)}
    if number not in known:
        raise Http404
    known[number].meeting = meeting
    return known[number]


def row(request: HouseRequest, one: HallScreen, turned: tuple[int, TurnForm] | None) -> dict[str, Any]:
    """Return what the desk sees of a screen: its form, its address in the hall and where it is previewed."""
    one_is_turned = turned is not None and turned[0] == one.number
    begun = {"shows": one.shows, "text": one.text}
    key = hall_key(one.meeting_id)
    return {
        "screen": one,
        "form": turned[1] if turned and one_is_turned else TurnForm(initial=begun, auto_id=f"screen{one.number}_%s"),
        "address": place_of(one, "screen"),
        "hall_address": request.build_absolute_uri(f"{place_of(one, 'screen')}?key={key}"),
        "removable": one.number > 1,
    }


@login_required
@require_POST
def remove(request: HouseRequest, slug: str, term: int, ordinal: int, number: int) -> HttpResponse:
    """Take a screen away."""
    meeting = open_to(request.viewer, Face.DESK, slug, term, ordinal)
    screens.remove_screen(screen_at_desk(meeting, str(number)))
    return redirect("live:hall", slug, term, ordinal)
