"""The books as pages: each reader sees the entries they may read, and of the others nothing at all."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemicycle.journal import queries
from hemicycle.journal.readers import ReadingRequest

PAGE = 50


@require_GET
def books(request: ReadingRequest) -> HttpResponse:
    """Show which books there are for this reader."""
    page = Paginator(queries.books_for(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/books.html", {"page": page})


@require_GET
def book(request: ReadingRequest, noun: str, slug: str) -> HttpResponse:
    """Show a book, the latest entry first."""
    found = queries.book_named(noun, slug)
    page = Paginator(queries.entries_for(request.viewer, found), PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/book.html", {"book": found, "page": page})


@require_GET
def entry(request: ReadingRequest, noun: str, slug: str, number: int) -> HttpResponse:
    """Show one entry, with its place in the chain and how to check it."""
    found = queries.entry_for(request.viewer, queries.book_named(noun, slug), number)
    return render(
        request,
        "journal/entry.html",
        {"book": found.book, "entry": found, "facts": queries.readable(found), "signed": queries.first_signed(found)},
    )
