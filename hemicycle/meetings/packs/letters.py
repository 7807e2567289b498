"""The summons as letters, for those who have no address for mail: one PDF, each letter on a sheet of its own."""

from collections.abc import Callable
from typing import IO, Any

from django.http import Http404
from django.utils.translation import get_language

from hemicycle.accounts.slips import qr
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.meetings.mail import seen_by, shown_to
from hemicycle.meetings.models import Summons
from hemicycle.meetings.notices import CHANGES, notices_of
from hemicycle.meetings.packs.sheets import sheet
from hemicycle.meetings.queries import viewer_of
from hemicycle.meetings.queries.notice import without_mail


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write the letters of a `summons`, for the `person` who keeps the desk."""
    summons = Summons.objects.select_related("meeting__body__book", "meeting__term").get(pk=arguments["summons"])
    if summons.meeting.body.book_id not in viewer_of(arguments["person"], None).desks:
        raise Http404
    entry = Entry.objects.get(book=summons.meeting.body.book_id, concerns__name=subject(summons), kind__in=CHANGES)
    [notice] = notices_of(entry)
    people = list(without_mail(summons.meeting).order_by("sort_name", "pk"))
    letters = []
    for done, person in enumerate(people, 1):
        viewer = seen_by(notice, person)
        if viewer.sees(entry.access, book=entry.book_id, scope=entry.scope):
            shown = shown_to(summons, person, viewer)
            letters.append(shown | {"code": qr(str(shown["answer"])) if shown["answer"] else ""})
        progress(done, len(people) + 1)
    told = {"letters": letters, "news": notice.news(entry), "summons": summons, "lang": get_language()}
    out.write(sheet("letters", told))
    progress(len(people) + 1, len(people) + 1)
