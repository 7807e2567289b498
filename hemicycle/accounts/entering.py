"""How a form becomes an act, and how it comes back when the act is refused: nothing typed is lost."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Protocol

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.forms import HappenedForm
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence


def signed_in(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a page for whoever is signed in, with an account or for this meeting with a badge."""

    @wraps(page)
    def asked(request: HouseRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.viewer.person is None:
            return redirect_to_login(request.get_full_path())
        return page(request, *args, **kwargs)

    return asked


class Parsed(Protocol):
    """What can be valid or not: a form, or several of them."""

    def is_valid(self) -> bool: ...


DONE, FORBIDDEN, UNPROCESSABLE = 200, 403, 422


def enter(
    request: HouseRequest,
    book: int,
    kind: str,
    form: HappenedForm,
    do: Callable[[Actor], object],
    *,
    heading: str,
    button: str,
    back: str,
    also: Sequence[Parsed] = (),
    template: str,
    **shown: object,
) -> HttpResponse:
    """Show a form; when it is sent, do the act that it asks for in this book and go on to where it was opened from.

    What is wrong with it stands beside what was typed, with the status of the refusal. `back` is where to go on when
    the form does not say; `also` are forms sent with it that have to be valid too.
    """
    if request.method == "GET" and request.viewer.person is None:
        return redirect_to_login(request.get_full_path())
    by = request.actor_for(book, kind)
    onward = address_after(request) or back
    status = DONE
    if request.method == "POST":
        status = attempt(form, also, do, by)
        if status == DONE:
            tell_what_happened(request, by)
            return redirect(onward)
        if request.headers.get("HX-Request"):
            return above_the_page(request, form, status)
    shown |= {"form": form, "heading": heading, "button": button, "next": onward}
    shown |= {"actors": request.actors_in(book, kind), "chosen": request.POST.get("as", "")}
    return render(request, template, shown, status=status)


def attempt(form: HappenedForm, also: Sequence[Parsed], do: Callable[[Actor], object], by: Actor) -> int:
    """Do the act where the form can be read; return 200, or the status of what is wrong, which the form then says."""
    if not all([form.is_valid(), *(more.is_valid() for more in also)]):
        return UNPROCESSABLE
    try:
        do(by)
    except Refused as refusal:
        show_beside(form, refusal)
        return refusal.status
    return DONE


def show_beside(form: BaseForm, refusal: Refused) -> None:
    """Say beside what was typed why it was refused; raise the refusal again where sending it again cannot help."""
    if refusal.status == FORBIDDEN or refusal.code == "already_entered":
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def tell_what_happened(request: HouseRequest, by: Actor) -> None:
    """Say on the next page what was entered, in the words of the book."""
    if by.once and (entry := Entry.objects.filter(book=by.book, once=by.once).first()):
        messages.success(request, sentence(entry))


def above_the_page(request: HouseRequest, form: HappenedForm, status: int) -> HttpResponse:
    """Return what is wrong as a notice above the page that asked, whose fields stay as they are."""
    said = [str(wrong) for errors in form.errors.values() for wrong in errors]
    notice = render(request, "components/notice.html", {"tone": "error", "text": " ".join(said)}, status=status)
    notice.headers["HX-Retarget"] = "#notices"
    notice.headers["HX-Reswap"] = "innerHTML"
    return notice


def address_after(request: HouseRequest) -> str:
    """Return where the form says to go on, where that is an address of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""
