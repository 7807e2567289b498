"""Badges: printing them, making one anew, and the page behind the code on one."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.clock import now
from hemicycle.meetings import acts
from hemicycle.meetings.forms.floor import BecauseForm
from hemicycle.meetings.models import Badge, Sitting
from hemicycle.meetings.packs.badges import badges_of
from hemicycle.meetings.queries import participation_for, sitting_for
from hemicycle.meetings.queries.badges import SIGNED_IN_BY_BADGE, Carried, carried, note_sign_in, sitting_at_the_door
from hemicycle.meetings.views.asking import Asks, Page, get_or_post, on_meeting, show
from hemicycle.meetings.views.entering import page_address
from hemicycle.meetings.views.taking_part import list_address
from hemicycle.meetings.words import Kind
from hemicycle.printing.asking import ask_for

TOO_OFTEN, NO_LONGER = 429, 410
# A day of sittings; the session ends sooner with the browser, the badge or the meeting.
SIGNED_IN_FOR = timedelta(hours=18)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badges(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Show badges to print: name, capacity, unit, and the code that finds and signs in; or make them as a PDF."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    person = request.viewer.person
    making = request.actors_in(meeting.body.book_id, Kind.BADGES_MADE)
    if person is None or not making:
        raise Http404
    house = settings.CONFIG.address or request.build_absolute_uri("/").rstrip("/")
    if request.method == "POST":
        said = {"number": sitting.ordinal, "meeting": meeting}
        job = ask_for(
            "hemicycle.meetings.packs.badges.make",
            {"sitting": sitting.pk, "person": person, "house": house},
            book=meeting.body.book_id,
            person=person,
            title=_("Badges for sitting %(number)d: %(meeting)s") % said,
            file_name=f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}-badges-{sitting.ordinal}.pdf",
            back=request.path,
        )
        return redirect("printing:job", job.uuid)
    rows = badges_of(request.viewer, sitting, house)
    shown = {
        "sitting": sitting,
        "meeting": meeting,
        "badges": rows,
        "lacking": sum(one.badge is None for one in rows),
        "made": any(one.badge for one in rows),
        "over": bool(meeting.closed or meeting.cancelled),
        "making": making,
        "list": list_address(sitting),
        "here": request.path,
    }
    return render(request, "meetings/badges.html", shown)


make = on_meeting(
    Asks(
        Kind.BADGES_MADE,
        acts.make_badges,
        heading=lambda _meeting: _("Make badges for those accredited"),
        button=lambda: _("Make badges"),
    )
)


def on_badge(asks: Asks[Badge]) -> Page:
    """Return the page of an act on a badge, for the desk of its meeting."""

    def page(request: HouseRequest, badge_id: int) -> HttpResponse:
        badge = get_object_or_404(Badge.objects.select_related("person", "meeting__body", "meeting__term"), pk=badge_id)
        if not request.actors_in(badge.meeting.body.book_id, asks.kind):
            raise Http404
        return show(request, asks, badge, badge.meeting, badge_id=badge.pk)

    return get_or_post(page)


remake = on_badge(
    Asks(
        Kind.BADGE_REMADE,
        acts.remake_badge,
        heading=lambda badge: _("Make the badge of %(name)s anew") % {"name": badge.person.name},
        button=lambda: _("Make it anew"),
        hint=lambda _badge: _("The badge of before opens nothing any more. Who signed in with it is signed out."),
        form=BecauseForm,
    )
)
strike = on_badge(
    Asks(
        Kind.BADGE_STRUCK,
        acts.strike_badge,
        heading=lambda badge: _("Strike the badge of %(name)s") % {"name": badge.person.name},
        button=lambda: _("Strike it"),
        hint=lambda _badge: _("It opens nothing any more. Who signed in with it is signed out."),
        form=BecauseForm,
    )
)


@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HouseRequest, key: str) -> HttpResponse:
    """Show whose badge this is: to the desk with the button to come or go, to its bearer to sign in to the meeting."""
    found = carried(key)
    sitting = sitting_at_the_door(found.meeting)
    if request.user.is_authenticated:
        return at_the_door(request, found, sitting)
    if found.badge is None:
        return redirect_to_login(request.get_full_path())
    if not found.good:
        return bearer(request, found, sitting, "ended", NO_LONGER)
    if request.method != "POST":
        return bearer(request, found, sitting, "asks")
    if not note_sign_in(found.badge, now()):
        return bearer(request, found, sitting, "too often", TOO_OFTEN)
    request.session.flush()
    request.session[SIGNED_IN_BY_BADGE] = found.badge.pk
    request.session.set_expiry(SIGNED_IN_FOR)
    rotate_token(request)
    return redirect(f"{page_address(found.meeting)}floor/")


def bearer(
    request: HouseRequest, found: Carried, sitting: Sitting | None, state: str, status: int = 200
) -> HttpResponse:
    """Show the page behind a badge to whoever carries it: whose it is, and whether it opens anything."""
    row = sitting.participations.filter(person=found.person).select_related("group").first() if sitting else None
    shown = {"row": row, "who": found.person, "meeting": found.meeting, "badge": found.badge, "state": state}
    return render(request, "meetings/badge.html", shown, status=status)


def at_the_door(request: HouseRequest, found: Carried, sitting: Sitting | None) -> HttpResponse:
    """Show whose badge this is to somebody signed in, with the button to come or go where it is theirs to press."""
    key = sitting.participations.filter(person=found.person).values_list("pk", flat=True).first() if sitting else None
    if key is None:
        raise Http404
    row = participation_for(request.viewer, key)
    book = row.sitting.meeting.body.book_id
    able = request.actors_in(book, Kind.PARTICIPANT_CAME)
    desk = request.actors_in(book, Kind.PARTICIPANTS_CAME)
    shown = {
        "row": row,
        "meeting": row.sitting.meeting,
        "sitting": row.sitting,
        "presence": row.presences.filter(went=None).first(),
        "struck": found.badge is not None and found.badge.struck is not None,
        "actors": desk or (able if row.person_id == request.viewer.person else []),
        "here": request.path,
        "list": list_address(row.sitting),
    }
    return render(request, "meetings/check_in.html", shown)


@require_POST
def leave(request: HouseRequest) -> HttpResponse:
    """End on this device what was signed in with a badge."""
    if not request.user.is_authenticated:
        request.session.flush()
    return redirect("web:home")
