"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hemicycle.journal.readers import ReadingRequest
from hemicycle.search.find import PAGE, search
from hemicycle.search.forms import SearchForm


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
        page=sent.get("page") or 1,
    )
    kept = QueryDict(mutable=True)
    kept.update({name: request.GET[name][:200] for name in ("q", "kind", "body", "year") if request.GET.get(name)})
    return render(
        request,
        "search/search.html",
        {
            "form": form,
            "asked": bool(kept),
            "found": found,
            "page": Paginator(range(found.total), PAGE).get_page(found.page),
            "query": f"{kept.urlencode()}&" if kept else "",
            "prefix": f"/{get_language()}",
        },
    )
