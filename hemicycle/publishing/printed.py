"""What is published and minuted, on paper: drawn in the background from the same content as its page.

A version never changes, so it is drawn once: for everybody where everybody may read it, else for each audience.
"""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings.models import Meeting
from hemicycle.printing.asking import ask_for, asked_before
from hemicycle.printing.models import PrintJob
from hemicycle.printing.paper import draw
from hemicycle.printing.views import LOOK_AGAIN, given
from hemicycle.publishing.minutes import level_of, visible
from hemicycle.publishing.models import MinutesVersion, Publication
from hemicycle.publishing.queries.minutes import state_of
from hemicycle.publishing.words import audience

STYLES = Path(__file__).parent / "templates" / "publishing" / "paper.css"
HERE = "hemicycle.publishing.printed"


def publication(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Draw a publication: `publication`, and the permanent `address` that is printed at its end."""
    found = Publication.objects.select_related("body", "correction_of").get(pk=arguments["publication"])
    progress(0, 1)
    out.write(draw(publication_paper(found, arguments["address"]), STYLES.read_text(encoding="utf-8")))
    progress(1, 1)


def minutes(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Draw a version of minutes as an audience may read it: `version`, `level`, and its permanent `address`."""
    found = MinutesVersion.objects.select_related("minutes__body").get(pk=arguments["version"])
    progress(0, 1)
    html = minutes_paper(found, arguments["level"], arguments["address"])
    out.write(draw(html, STYLES.read_text(encoding="utf-8")))
    progress(1, 1)


def publication_paper(found: Publication, address: str) -> str:
    """Return the page of a publication that is printed: the content and where it is published, no more."""
    shown = {"publication": found, "content": found.content, "zone": found.body.time_zone, "body": found.body}
    return paper("publishing/paper.html", found.language, shown, address)


def minutes_paper(found: MinutesVersion, level: str, address: str) -> str:
    """Return the page of a version of minutes that is printed for an audience."""
    meeting = found.minutes.meeting
    with override(found.minutes.language):
        content = marked(visible(found.content, level), meeting)
    shown = {"version": found, "content": content, "zone": found.minutes.body.time_zone, "body": found.minutes.body}
    return paper("publishing/minutes_paper.html", found.minutes.language, shown, address)


def paper(template: str, language: str, shown: dict[str, Any], address: str) -> str:
    """Return a page that is printed, in its own language."""
    with override(language):
        return render_to_string(template, {**shown, "address": address, "page_word": _("page"), "of_word": _("of")})


def marked(content: Any, meeting: Meeting) -> dict[str, Any]:
    """Return the content of minutes with for whom a section is, where that is fewer than may know of the meeting."""
    sections = [
        {**one, "whom": audience(one["access"]) if one["access"] != meeting.access else ""}
        for one in content["sections"]
    ]
    return {**content, "sections": sections}


def question(
    request: HouseRequest, found: Publication | MinutesVersion, meeting: Meeting, address: str
) -> dict[str, Any]:
    """Return the question to the printing room: what is drawn, and for whom."""
    if isinstance(found, Publication):
        person = None if found.access == Access.PUBLIC else request.viewer.person
        arguments: dict[str, Any] = {"publication": found.pk, "address": address}
        return {"maker": f"{HERE}.publication", "arguments": arguments, "person": person, "language": found.language}
    level = level_of(request.viewer, meeting)
    # The text never changes, but the paper also says how far it is.
    arguments = {"version": found.pk, "state": str(state_of(found)), "level": str(level), "address": address}
    return {
        "maker": f"{HERE}.minutes",
        "arguments": arguments,
        "person": None if level == Access.PUBLIC else request.viewer.person,
        "language": found.minutes.language,
    }


def ask(
    request: HouseRequest, found: Publication | MinutesVersion, meeting: Meeting, page: str, title: str
) -> PrintJob:
    """Have a version drawn, unless it was asked for before; `page` is its permanent address on this server."""
    asked = question(request, found, meeting, request.build_absolute_uri(page))
    noun = "minutes" if isinstance(found, MinutesVersion) else "communique"
    number = found.number if isinstance(found, MinutesVersion) else found.version
    name = f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}-{noun}-{number}-{asked['language']}.pdf"
    return ask_for(**asked, book=None, title=title, file_name=name, back=page)


def pdf(
    request: HouseRequest, found: Publication | MinutesVersion, meeting: Meeting, page: str, title: str
) -> HttpResponseBase:
    """Give a version as PDF once it is drawn; until then say how far it is, or have it drawn."""
    if request.method == "POST":
        ask(request, found, meeting, page, title)
        return redirect(request.path)
    job = asked_before(**question(request, found, meeting, request.build_absolute_uri(page)), book=None)
    if job and job.made:
        return given(job)
    answer = render(request, "publishing/drawing.html", {"job": job, "meeting": meeting, "title": title, "page": page})
    answer.headers["Cache-Control"] = "no-store"
    if job and not job.failed:
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer
