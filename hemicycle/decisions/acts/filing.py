"""The account on paper: put with the documents of the item at which it stands, and so into every pack."""

from django.core.files.base import File
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import ask, within
from hemicycle.decisions.models import Account, AccountPaper
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.handed_out import begin_document, write_version
from hemicycle.meetings.models import Document, Meeting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.storing import taken_in


def file_account(*, by: Actor, account_id: int, paper: File[bytes], happened: Happened | None = None) -> AccountPaper:
    """Put an account on paper with the documents of its item.

    The paper tells what everybody may know who may read the account. Of a further account at the same item, as open,
    it is the next version of the same document. As with every document, the file is stored before the act begins.

    Raises:
        Refused: it is another body's, its paper was put there already, the meeting is over, or it is no PDF.
    """
    ask(Kind.ACCOUNT_FILED, by)
    with taken_in(paper) as stored, act(Kind.ACCOUNT_FILED, by=by, happened=happened) as entry:
        account = lock_unfiled(entry, account_id)
        meeting = account.meeting
        document = document_of(entry, account)
        entry.update(document, access=narrowest(document.access, audience(entry, meeting)))
        version = write_version(entry, document, paper, stored, account.language)
        filed = entry.create(AccountPaper(account=account, version=version, filed=entry.when))
        entry.record(
            subjects=[account, document, account.item, meeting],
            access=document.access,
            scope=meeting,
            facts={
                "body": meeting.body.name,
                "as_of": account.as_of.isoformat(),
                "item": account.item.called,
                "title": document.title,
                "version": version.number,
                "size": version.size,
                "sha256": stored.sha256,
            },
        )
    return filed


def lock_unfiled(entry: Act, account_id: int) -> Account:
    """Lock an account of the actor's body and its meeting, which is not over and does not have the paper yet."""
    account = entry.lock(Account, account_id)
    account.meeting = entry.lock(Meeting, account.meeting_id)
    within(entry.by, account.meeting.body.book_id)
    if account.meeting.closed or account.meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
    if AccountPaper.objects.filter(account=account).exists():
        raise Refused("account_filed", _("The paper of this account stands with the documents already."))
    return account


def document_of(entry: Act, account: Account) -> Document:
    """Return the meeting's document of what became of its decisions, begun where there is none as open as this one."""
    before = AccountPaper.objects.filter(account__meeting=account.meeting_id, account__item=account.item_id)
    last = before.filter(account__access=account.access).order_by("pk").last()
    if last:
        return entry.lock(Document, last.version.document_id)
    title = _("What became of the decisions")
    return begin_document(entry, account.meeting, title, account.item_id, account.access)
