"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hemicycle.journal.readers import ReadingRequest
from hemicycle.search.find import PAGE, search
from hemicycle.search.forms import SearchForm

NARROW = ("q", "kind", "body", "year")
# What stands folded away until it is used.
FURTHER = ("term", "sector", "person", "office")


@require_GET
def search_page(request: ReadingRequest) -> HttpResponse:
    """Show what the reader may find."""
    form = SearchForm(request.GET)
    form.is_valid()
    sent = form.cleaned_data
    text = sent.get("q") or request.GET.get("q", "")
    body = sent.get("body")
    found = search(
        request.viewer,
        text,
        body=body.pk if body else None,
        kind=sent.get("kind") or None,
        year=sent.get("year"),
        term=sent.get("term"),
        sector=sent.get("sector") or "",
        person=sent.get("person") or "",
        office=sent.get("office") or "",
        page=sent.get("page") or 1,
    )
    kept = QueryDict(mutable=True)
    kept.update({name: request.GET[name][:200] for name in (*NARROW, *FURTHER) if request.GET.get(name)})
    return render(
        request,
        "search/search.html",
        {
            "form": form,
            "asked": bool(kept),
            "further": any(name in kept for name in FURTHER),
            "found": found,
            "page": Paginator(range(found.total), PAGE).get_page(found.page),
            "query": f"{kept.urlencode()}&" if kept else "",
            "prefix": f"/{get_language()}",
        },
    )
