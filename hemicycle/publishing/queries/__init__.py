"""Reading what was published, as a viewer may see it."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_address, scope_of
from hemicycle.publishing.models import Publication
from hemicycle.search.documents import Searchable

PAGE = 50


def publications_for(viewer: Viewer) -> QuerySet[Publication]:
    """Return the publications that a viewer may see, the latest first."""
    seen = viewer.filter("body__book", "access", "meeting")
    return (
        Publication.objects.filter(seen)
        .select_related("body", "meeting__body", "meeting__term", "correction_of")
        .order_by("-published", "-pk")
    )


def publications_of(viewer: Viewer, body: Body) -> QuerySet[Publication]:
    """Return what a body has published, as a viewer may see it, the latest first."""
    return publications_for(viewer).filter(body=body)


def page_of(viewer: Viewer, body: Body, page: str) -> Page[Publication]:
    """Return a page of what a body has published, as a viewer may see it."""
    return Paginator(publications_of(viewer, body), PAGE).get_page(page)


def publications_about(viewer: Viewer, meeting: Meeting, language: str = "") -> list[Publication]:
    """Return what was published about a meeting, as a viewer may see it, the latest first."""
    found = publications_for(viewer).filter(meeting=meeting)
    return list(found.filter(language=language) if language else found)


def publication_for(viewer: Viewer, meeting: Meeting, language: str, version: int) -> Publication:
    """Return one version of a meeting's communiqué; raise Http404 where the viewer may not see it."""
    found = publications_for(viewer).filter(meeting=meeting, language=language, version=version).first()
    if found is None:
        raise Http404(_("There is no such communiqué."))
    return found


def later_version(viewer: Viewer, publication: Publication) -> Publication | None:
    """Return the latest version after this one for the same audience, if there is one."""
    later = publications_for(viewer).filter(
        meeting=publication.meeting_id,
        language=publication.language,
        access=publication.access,
        version__gt=publication.version,
    )
    return later.order_by("-version").first()


def last_publication(meeting: Meeting, language: str, access: str = "") -> Publication | None:
    """Return the last version about a meeting in a language, for one audience or for any."""
    found = Publication.objects.filter(meeting=meeting, language=language)
    return (found.filter(access=access) if access else found).order_by("-version").first()


def publication_address(publication: Publication) -> str:
    """Return the permanent address of a publication, without the language."""
    return f"{meeting_address(publication.meeting)}communique/{publication.version}/"


def searchable_publications(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield what was published, with the whole of its text."""
    found = Publication.objects.filter(pk__in=keys).select_related("body", "meeting__body", "meeting__term")
    for publication in found:
        from hemicycle.publishing.communique import plain_text

        yield Searchable(
            noun="publication",
            key=publication.pk,
            title=publication.title,
            text=plain_text(publication.content),
            address=publication_address(publication),
            access=publication.access,
            book=publication.body.book_id,
            scope=scope_of(publication.meeting),
            language=publication.language,
            body=publication.body.name,
            kind=_("communiqué"),
            day=publication.published.astimezone(zone_of(publication.body)).date(),
            term=publication.meeting.term.ordinal,
        )
