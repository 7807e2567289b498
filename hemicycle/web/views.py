"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Show what is happening now, what comes next, and what was decided last."""
    return render(request, "web/home.html")
