"""The one act on the books themselves: taking away the facts of an entry where the law asks for it."""

from django.utils.translation import gettext as _

from hemicycle.journal.act import Actor, Happened, Refused, act, subject
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.words import Kind


def erase_facts(*, by: Actor, book_id: int, number: int, reason: str, happened: Happened | None = None) -> Entry:
    """Erase the facts of an entry with their salt, as a law requires. Its number, header and digests remain.

    The act stands in the installation's book and names the reason; the chain of the erased entry's book still holds,
    because the digest of its facts stays in it and, without the salt, can no longer be guessed from.

    Raises:
        Refused: no reason is given, there is no such entry, it was erased before, or it records an erasure itself.
    """
    with act(Kind.FACTS_ERASED, by=by, happened=happened) as entry:
        if not reason.strip():
            raise Refused(
                "no_reason", _("Say which law or order asks for this; the book keeps it."), status=422, field="reason"
            )
        book = Book.objects.get(pk=book_id)
        erased = Entry.objects.select_for_update(of=("self",)).filter(book=book, number=number).first()
        if erased is None:
            raise Refused("no_such_entry", _("The book has no entry with this number."), status=422, field="number")
        if erased.facts_text is None:
            raise Refused("erased_before", _("The facts of this entry were erased before."))
        if erased.kind == Kind.FACTS_ERASED:
            raise Refused("records_an_erasure", _("This entry records an erasure itself and has to stay."))
        Entry.objects.filter(pk=erased.pk).update(facts_text=None, salt=None)
        entry.record(
            subjects=[erased, subject(book)],
            access="desk",
            facts={"book": str(book.uuid), "title": book.title, "number": number, "reason": reason.strip()},
        )
    erased.refresh_from_db()
    return erased
