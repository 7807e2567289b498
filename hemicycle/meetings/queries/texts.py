"""The texts of meetings that can stand in several languages: titles of items, and conclusions."""

from collections.abc import Iterator

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import subject
from hemicycle.languages.originals import Original
from hemicycle.meetings.models import AgendaItem, Conclusion
from hemicycle.meetings.queries.shown import scope_of


def item_texts(*, key: int | None = None, meeting: int | None = None) -> Iterator[Original]:
    """Yield the titles of the items of an agenda, or of one item."""
    found = AgendaItem.objects.filter(**({"pk": key} if key is not None else {"meeting": meeting}))
    for item in found.select_related("meeting__body").order_by("ordinal"):
        yield Original(
            noun="agendaitem",
            key=item.pk,
            called=item.title,
            language=item.language,
            texts={"title": item.title},
            book=item.meeting.body.book_id,
            scope=scope_of(item.meeting),
            beside=item.meeting.told_in_every_entry,
            access=narrowest(item.access, item.meeting.access),
            subjects=(subject(item), subject(item.meeting)),
        )


def conclusion_texts(*, key: int | None = None, meeting: int | None = None) -> Iterator[Original]:
    """Yield the conclusions of a meeting, or one of them."""
    found = Conclusion.objects.filter(**({"pk": key} if key is not None else {"item__meeting": meeting}), struck=None)
    for one in found.select_related("item__meeting__body").order_by("item__ordinal", "pk"):
        item, place = one.item, one.item.meeting
        yield Original(
            noun="conclusion",
            key=one.pk,
            called=item.title,
            language=one.language,
            texts={"text": one.text},
            book=place.body.book_id,
            scope=scope_of(place),
            beside=place.told_in_every_entry,
            access=narrowest(one.access, item.access, place.access),
            subjects=(subject(one), subject(item), subject(place)),
        )
