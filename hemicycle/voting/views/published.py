"""The published papers of a secret vote: each voter finds their own by its code, and anybody counts all again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.voting import queries
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.papers import Form
from hemicycle.voting.sealing import Paper, canonical_code
from hemicycle.voting.words import arithmetic

PAGE = 200


@dataclass(frozen=True)
class Shown:
    """A paper as a page shows it."""

    code: str
    said: str
    weight: int
    label: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show the papers of a secret vote, and those with the code that was asked for.

    A code is asked for by POST: in an address it would stand in the logs of proxies, beside who asked.
    """
    ballot = queries.ballot_for(request.viewer, ballot_id)
    result, found = queries.published_box(request.viewer, ballot)
    asked = request.POST.get("code", "").strip()[:40]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = queries.option_names(ballot)

    def shown(papers: Iterable[Paper]) -> list[Shown]:
        return [Shown(*paper, paper_in_words(paper.said, ballot.form, names)) for paper in papers]

    said = {
        "ballot": ballot,
        "meeting": ballot.sitting.meeting,
        "outcome": arithmetic(queries.outcome_facts(result)),
        "asked": asked,
        "mine": shown(with_code(found, asked)),
        "on_motion": ballot.form == Form.MOTION,
        "page": page,
        "papers": shown(page.object_list),
        "weighted": any(paper.weight != 1 for paper in found),
    }
    return render(request, "voting/published.html", said)


def with_code(found: list[Paper], typed: str) -> list[Paper]:
    """Return the papers with a code as it was typed; more than one where several voters chose the same."""
    code, _slash, number = typed.partition("/")
    wanted = canonical_code(code)
    if number:
        return [paper for paper in found if wanted and paper.code == f"{wanted}/{number.strip()}"]
    return [paper for paper in found if wanted and paper.code.partition("/")[0] == wanted]


@never_cache
@require_safe
def box_file(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Give the votes as the file that `recount` and docs/recount.py count."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    result = queries.result_for(request.viewer, ballot)
    told = queries.recountable(request.viewer, result)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.pk}.json"'
    return answer
