"""Pages on languages: those of a body, a text and its translation side by side, and in which a reader reads first."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts import entering
from hemicycle.accounts.entering import address_after
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named
from hemicycle.bodies.views.entering import able, enter, get_or_post
from hemicycle.journal.act import Actor
from hemicycle.languages import acts
from hemicycle.languages.forms import LanguagesForm, TranslationForm
from hemicycle.languages.naming import is_known, name_of
from hemicycle.languages.originals import original_of
from hemicycle.languages.queries import COOKIE, languages_of, stands_as
from hemicycle.languages.words import Kind

A_YEAR = 365 * 24 * 60 * 60


@get_or_post
def choose(request: HouseRequest, slug: str) -> HttpResponse:
    """Choose the languages in which a body works."""
    body = body_named(slug)
    form = LanguagesForm(request.POST or None, zone=body.time_zone, chosen=languages_of(body)[1:])
    return enter(
        request,
        body,
        Kind.LANGUAGES_CHOSEN,
        form,
        lambda by: acts.choose_languages(by=by, body_id=body.pk, languages=form.languages, happened=form.stated),
        heading=_("Languages of %(body)s") % {"body": body.name},
        button=_("Work in these languages"),
        back=reverse("bodies:body", args=[body.slug]),
        hint=_("Its texts are in %(own)s, which is authentic. Into these they are translated, and shown side by side.")
        % {"own": name_of(body.language)},
    )


@get_or_post
def translate(request: HouseRequest, noun: str, row: int, language: str) -> HttpResponse:
    """Enter what a text says in another language."""
    original = original_of(noun, row)
    if original is None or not original.shown_to(request.viewer) or not is_known(language):
        raise Http404
    body = Body.objects.select_related("unit", "book").get(book=original.book)
    there = stands_as(original, body, language)
    form = TranslationForm(request.POST or None, zone=body.time_zone, original=original, language=language, there=there)

    def do(by: Actor) -> object:
        return acts.translate(by=by, noun=noun, key=row, language=language, texts=form.texts, happened=form.stated)

    said = {"called": original.called, "language": name_of(language)}
    return entering.enter(
        request,
        original.book,
        Kind.TEXT_TRANSLATED,
        form,
        do,
        heading=_("“%(called)s” in %(language)s") % said,
        button=_("Enter the translation"),
        back=reverse("bodies:body", args=[body.slug]),
        template="languages/translate.html",
        owner=body,
        original=original,
        authentic=name_of(original.language),
        hint=_("The authentic text is in %(language)s. What you leave empty is shown in that language alone.")
        % {"language": name_of(original.language)},
    )


@require_safe
def read(request: HouseRequest, language: str) -> HttpResponse:
    """Remember in the browser in which language somebody reads texts first, and go back."""
    if not is_known(language):
        raise Http404
    onward = HttpResponseRedirect(address_after(request) or reverse("bodies:bodies"))
    onward.set_cookie(COOKIE, language, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return onward


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the languages of a body, for its page; nothing where it has one and the reader cannot choose others."""
    languages, choosing = languages_of(body), able(request, Kind.LANGUAGES_CHOSEN, body)
    if len(languages) == 1 and not choosing:
        return ""
    shown = {"body": body, "own": languages[0], "others": languages[1:], "choosing": choosing}
    return render_to_string("languages/of_body.html", shown, request)
