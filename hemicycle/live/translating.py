"""The desk's page on the texts of a meeting in the languages of its body: what is translated, missing, out of date."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.languages.originals import originals_in
from hemicycle.languages.queries import languages_of, standing_of, words_of
from hemicycle.live.faces import Face
from hemicycle.live.views import address_of, open_to


@login_required
@never_cache
@require_safe
def translations(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show every text of a meeting that can be translated, and how far it is in each language."""
    meeting = open_to(request.viewer, Face.DESK, slug, term, ordinal)
    languages = languages_of(meeting.body)
    originals = originals_in(request.viewer, meeting.pk)
    words = words_of(request.viewer, meeting.body, [one.subject for one in originals])
    shown = {
        "meeting": meeting,
        "languages": languages,
        "rows": [(one, standing_of(one, words, languages)) for one in originals],
        "here": address_of(meeting, "translations"),
        "desk": address_of(meeting, "desk"),
    }
    return render(request, "live/translations.html", shown)
