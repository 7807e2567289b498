"""How a refusal looks: one place that turns `Refused`, a missing thing and a failing database into a page."""

import errno
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.act import Refused

AWAY = (OperationalError, InterfaceError)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NOT_TOLD = {"csrfmiddlewaretoken", "once", "as", "next"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
RETRY_SECONDS = 5
LABELS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "preamble": gettext_lazy("Preamble"),
    "mover": gettext_lazy("Mover"),
    "question": gettext_lazy("Question"),
    "narrative": gettext_lazy("What was done"),
    "delay_reason": gettext_lazy("Reason for the delay"),
    "sector": gettext_lazy("Sector"),
    "due": gettext_lazy("Due"),
    "reason": gettext_lazy("Reason"),
    "because": gettext_lazy("Reason"),
    "outcome": gettext_lazy("Outcome"),
    "waive_because": gettext_lazy("Why the rest of the notice is waived"),
    "happened": gettext_lazy("Day"),
    "happened_time": gettext_lazy("Time"),
    "happened_reason": gettext_lazy("Why it is entered later"),
}
log = logging.getLogger("hemicycle.web")


@dataclass(frozen=True)
class Typed:
    """A field that was sent with a form that was refused, shown again so that nothing typed is lost."""

    name: str
    text: str


class RefusalMiddleware:
    """Renders a refusal as a page with its sentence, or as a notice where htmx asked for a part of a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(request, exception)
        if is_away(exception):
            log.error("The database or the disk did not answer.", exc_info=exception)
            return away(request)
        return None


def is_away(exception: BaseException | None) -> bool:
    """Say whether database or disk do not take anything; a table that is not there is a mistake of ours."""
    if isinstance(exception, OSError):
        return exception.errno in NO_ROOM
    return isinstance(exception, AWAY) and not str(exception).startswith("no such")


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Show a refusal: what was not done and why, what was sent, and the way back."""
    if request.headers.get("HX-Request"):
        return fragment(request, refusal.sentence, refusal.status)
    return page(request, refusal.status, _("This was not done"), refusal.sentence)


def fragment(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Show a refusal as a notice above the page that asked."""
    shown = render_to_string("components/notice.html", {"tone": "error", "text": sentence}, request)
    return HttpResponse(shown, status=status, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})


def page(request: HttpRequest, status: int, heading: str, sentence: str, more: str = "") -> HttpResponse:
    """Show a page that says what happened and what to do, with what was typed."""
    return render(
        request,
        "web/refused.html",
        {"heading": heading, "sentence": sentence, "more": more, "back": back(request), "typed": list(typed(request))},
        status=status,
    )


def back(request: HttpRequest) -> str:
    """Return the address of the page that the form stood on, where it was one of ours."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if not came_from.path or came_from.netloc != request.get_host():
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def typed(request: HttpRequest) -> Iterator[Typed]:
    """Yield what a person wrote into the form that was refused, passwords and files left out."""
    if request.method != "POST":
        return
    try:
        sent = request.POST
    except (UnreadablePostError, *TOO_MUCH):
        return
    for name in sent:
        text = "\n".join(str(value) for value in sent.getlist(name)).strip()
        if not text or name in NOT_TOLD or "password" in name:
            continue
        # A bare number under a name that no person reads is a key that the page filled in.
        if (label := label_of(name)) or not text.replace("\n", "").isdecimal():
            yield Typed(label or name.replace("_", " ").replace("-", " ").capitalize(), text)


def label_of(name: str) -> str:
    """Return what a field is called on the page, nothing where it is not known here."""
    if point := re.fullmatch(r"points-(\d{1,4})-text", name):
        return _("Point %(number)d") % {"number": int(point[1]) + 1}
    return str(LABELS.get(name, ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell a person whose form did not come from this site or has grown too old."""
    sentence = _(
        "This form came from a page that is no longer valid, so nothing was entered. It may be that you signed in "
        "or out in another window since the page was opened. Go back, reload the page and send the form again."
    )
    if request.headers.get("HX-Request"):
        return fragment(request, sentence, 403)
    return page(request, 403, _("The form was not taken"), sentence)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell a person whose request could not be read, or was too large."""
    if isinstance(exception, TOO_MUCH):
        return page(
            request,
            413,
            _("This is too large"),
            _("What was sent is larger than this installation takes at once, so nothing was entered."),
            _("A file goes up to the limit that its form states. Send a smaller one, or several one after the other."),
        )
    return page(
        request,
        400,
        _("The request could not be read"),
        _("It arrived incomplete or in a form that is not understood, so nothing was entered."),
        _("Go back, reload the page and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell a person who may not do what they asked for."""
    said = str(exception) if isinstance(exception, PermissionDenied) and str(exception) else ""
    return page(
        request,
        403,
        _("This is not open to you"),
        said or _("Your posts do not allow this. Nothing was changed."),
        _("If you think that they should, ask the secretary of the body."),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Tell a person whose session ended before they sent a form; what they typed is shown to them."""
    return page(
        request,
        403,
        _("You are not signed in any more"),
        _("Nothing was entered. Sign in in another window, come back here, and send the form again."),
    )


def only_for_forms(request: HttpRequest) -> HttpResponse:
    """Tell a person who opened an address to which only a form is sent."""
    return page(
        request,
        405,
        _("There is nothing to read here"),
        _("This address only takes what a form sends. Nothing was entered by opening it."),
        _("Go to the page that the form stands on."),
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell a person that there is nothing at this address, or nothing for them."""
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    return page(
        request,
        404,
        _("There is nothing here"),
        _("Either there is no page at this address, or it is not open to you."),
        "" if signed_in else _("If you take part in this body, sign in and try again."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Tell a person that the program failed, without asking the database for anything."""
    if is_away(sys.exc_info()[1]):
        return away(request)
    return bare(
        request,
        500,
        _("Something went wrong here"),
        _("The program met a case it does not know. Whatever was being entered was not entered, in whole or in part."),
        _("The failure was noted for the operator. Go back and try again; if it happens again, tell the operator."),
    )


def away(request: HttpRequest) -> HttpResponse:
    """Tell a person that the database does not answer; the page comes back by itself."""
    if request.method in {"GET", "HEAD"}:
        more = _("This page looks again every few seconds, and comes back by itself.")
    else:
        more = _("Wait a moment, go back, and send the form again. If it was entered after all, it will not be twice.")
    return bare(
        request,
        503,
        _("The book cannot be reached just now"),
        _("The database does not answer or has no room. Nothing is lost, and nothing was half written."),
        more,
    )


def bare(request: HttpRequest, status: int, heading: str, sentence: str, more: str) -> HttpResponse:
    """Show a page that needs nothing but its template."""
    again = status == 503 and request.method in {"GET", "HEAD"}
    if request.headers.get("HX-Request"):
        shown = render_to_string("components/notice.html", {"tone": "error", "text": sentence, "title": heading})
        response = HttpResponse(shown, status=status, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    else:
        told = {"heading": heading, "sentence": sentence, "more": more, "again": RETRY_SECONDS if again else 0}
        response = HttpResponse(render_to_string("web/bare.html", told), status=status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
