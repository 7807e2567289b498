"""What a program asks: what its key opens, to add pages, and how far one of them is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from hemicycle.archive import acts
from hemicycle.archive.models import Reading, Source, SourceKey
from hemicycle.archive.queries.files import TAKEN, media_type_of
from hemicycle.archive.queries.homes import with_reading
from hemicycle.archive.tasks import ask_to_read
from hemicycle.archive.views.api.keys import Unknown, actor_of, key_of
from hemicycle.archive.views.api.sent import ACCESSES, MOST_PAGES, Unreadable, pages_sent
from hemicycle.archive.views.sources import keeper
from hemicycle.journal.act import Actor, Refused
from hemicycle.meetings.queries.files import largest

MOST_WAITING = 1000
RETRY_SECONDS = "60"
DAMAGED = (MultiPartParserError, BadRequest, TooManyFieldsSent, TooManyFilesSent)
View = Callable[..., HttpResponse]


def for_programs(*methods: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Return what makes a view one for programs: with a key instead of a session, and every answer JSON."""

    def made(view: Callable[..., HttpResponse]) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def answered(request: HttpRequest, **named: Any) -> HttpResponse:
            if request.method not in methods:
                told = problem(405, "wrong_method", _("This address takes: %(ways)s.") % {"ways": ", ".join(methods)})
                told.headers["Allow"] = ", ".join(methods)
                return told
            try:
                return view(request, key_of(request), **named)
            except Unknown as unknown:
                told = problem(401, "unknown_key", unknown.sentence)
                told.headers["WWW-Authenticate"] = "Bearer"
                return told
            except Unreadable as unreadable:
                return problem(unreadable.status, unreadable.code, unreadable.sentence)
            except RequestDataTooBig:
                return problem(413, "too_large", _("At most %(most)d MB at once.") % {"most": largest() // 1_000_000})
            except DAMAGED:
                return problem(400, "damaged", _("This request arrived damaged. Nothing was stored. Send it again."))
            except Refused as refusal:
                return problem(refusal.status, refusal.code, refusal.sentence, refusal.field)

        return answered

    return made


def problem(status: int, code: str, sentence: str, field: str = "") -> JsonResponse:
    """Return a refusal as a program reads it: a code that stays, a sentence for people, and the field it is about."""
    return JsonResponse({"code": code, "sentence": sentence, "field": field}, status=status)


@for_programs("GET", "POST")
def sources(request: HttpRequest, key: SourceKey) -> HttpResponse:
    """Say what a key opens; or store pages, and have them read. Bytes that stand there already are left as they are."""
    by = actor_of(key)
    if request.method == "GET":
        limits = {
            "pages": MOST_PAGES,
            "bytes": largest(),
            "waiting": MOST_WAITING,
            "endings": TAKEN,
            "access": ACCESSES,
        }
        return JsonResponse({"home": key.home.title, "key": key.name, "limits": limits})
    waiting = Reading.objects.filter(source__home=key.home_id, done=None, failed="").count()
    if waiting >= MOST_WAITING:
        later = problem(429, "many_waiting", _("So many pages wait to be read that none is taken now. Send it later."))
        later.headers["Retry-After"] = RETRY_SECONDS
        return later
    pages = pages_sent(request)
    for page in pages:
        media_type_of(page.upload)  # Before an archive is opened for it.
    added = stored(key, keeper(by, key.home_id), pages)
    digests = {id(page): acts.digest_of(page.upload) for page in pages}
    found = with_reading(Source.objects.filter(home=key.home_id, sha256__in=set(digests.values())))
    there = {source.sha256: source for source in found}
    told_pages = [
        told(there[digests[id(page)]]) | {"sent_as": page.upload.name, "new": digests[id(page)] in added}
        for page in pages
    ]
    return JsonResponse({"pages": told_pages}, status=201 if added else 200)


def stored(key: SourceKey, by: Actor, pages: list[acts.NewSource]) -> set[str]:
    """Store pages and have them read; return the digests of those that were new."""
    try:
        added = acts.add_sources(by=by, home_id=key.home_id, pages=pages)
    except Refused as refusal:
        if refusal.code != "sources_known":
            raise
        return set()
    for source in added.sources:
        ask_to_read(source)
    return {source.sha256 for source in added.sources}


@for_programs("GET")
def source(request: HttpRequest, key: SourceKey, source_id: str) -> HttpResponse:
    """Say how far a page of the key's home is."""
    actor_of(key)
    found = with_reading(Source.objects.filter(pk=source_id, home=key.home_id)).first()
    if found is None:
        return problem(404, "no_such_page", _("There is no such page among the sources that this key opens."))
    return JsonResponse(told(found))


def told(found: Source) -> dict[str, Any]:
    """Return a source as a program reads it."""
    reading = getattr(found, "reading", None)
    return {
        "id": found.pk,
        "name": found.file_name,
        "sha256": found.sha256,
        "size": found.size,
        "access": found.access,
        "state": state(found, reading),
        "problem": reading.failed if reading else "",
        "is_meeting_report": reading.is_report if reading and reading.done else None,
        "address": f"{settings.HEMICYCLE_ADDRESS}{reverse('archive:source', args=[found.pk])}",
    }


def state(found: Source, reading: Reading | None) -> str:
    """Return how far a source is: “waiting”, “failed”, “to review” or “in the record”."""
    if found.report:
        return "in the record"
    if reading is None or not reading.done:
        return "failed" if reading and reading.failed else "waiting"
    return "to review"
