"""The account: drawn up from the record before a meeting, heard by it, and what it finds about single points."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Membership
from hemicycle.bodies.queries import held_on
from hemicycle.decisions.acts.standing import local_day
from hemicycle.decisions.models import Account, AccountLine, Finding, Hearing
from hemicycle.decisions.queries.accounts import lines_for_all, sums
from hemicycle.decisions.queries.drawn import drawn_lines
from hemicycle.decisions.queries.drawn_then import lines_then
from hemicycle.decisions.queries.offices import posts_of
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.rehearsing import refuse_rehearsal


def draw_up_account(
    *,
    by: Actor,
    meeting_id: int,
    item_id: int,
    as_of: date | None = None,
    presenter_id: int | None = None,
    happened: Happened | None = None,
) -> Account:
    """Draw up the account of a body's decisions from the record, and put it to a meeting at an item of its agenda.

    It tells every open point and everything that ended since the last account that was noted, once, as the record
    stood at the end of the day `as_of`; without one, of the day it is drawn up. The presenter holds a post in the body.
    It is as open as the item; its lines are as open as what they tell of.

    Raises:
        Refused: the meeting is over or a rehearsal, the item is of another meeting or dealt with, an account waits to
            be heard already, the day is to come or lies before that of the last account, the presenter holds no post
            in the body, or there is nothing to account for.
    """
    with act(Kind.ACCOUNT_DRAWN_UP, by=by, happened=happened) as entry:
        meeting = entry.lock(Meeting, meeting_id)
        body = meeting.body
        within(by, body.book_id)
        if meeting.closed or meeting.cancelled:
            raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
        refuse_rehearsal(meeting, _("The account is heard by a meeting; what a rehearsal hears counts for nothing."))
        item = meeting.items.filter(pk=item_id).first()
        if item is None:
            raise Refused("item_elsewhere", _("This item is not one of this meeting."), status=422, field="item")
        if item.state in {AgendaItem.State.SETTLED, AgendaItem.State.CARRIED}:
            raise Refused(
                "item_settled",
                _("“%(title)s” was dealt with already. Choose an item that is still to come.") % {"title": item.title},
                status=422,
                field="item",
            )
        # Two accounts that wait would both tell what ended since the last; one of a meeting that is over waits no more.
        waiting = Account.objects.filter(
            meeting__body=body, meeting__closed=None, meeting__cancelled=None, hearing=None
        )
        if waiting.exists():
            raise Refused("account_waits", _("An account was drawn up already and waits for a meeting to hear it."))
        heard = Account.objects.filter(meeting__body=body, hearing__outcome=Hearing.Outcome.NOTED)
        previous = heard.order_by("pk").last()
        day = day_of_account(local_day(entry, body), as_of, previous)
        presenter = member_on(body, local_day(entry, body), presenter_id) if presenter_id is not None else None
        is_over = day < entry.recorded_at.astimezone(zone_of(body)).date()
        lines = lines_then(body, day) if is_over else drawn_lines(body, day)
        if not lines:
            raise Refused(
                "nothing_to_account", _("No point of a decision asks for anything yet, so there is nothing to tell.")
            )
        account = entry.create(
            Account(
                meeting=meeting,
                item=item,
                number=meeting.accounts.count() + 1,
                as_of=day,
                drawn_up=entry.when,
                language=body.language,
                previous=previous,
                presenter=presenter.person if presenter else None,
                presented_as=presenter.post.title if presenter else "",
                access=narrowest(item.access, meeting.access),
            )
        )
        for line in lines:
            line.account = account
        entry.create_many(AccountLine, lines)
        told = sums(lines_for_all(account))
        entry.record(
            subjects=[account, item, meeting, body],
            access=account.access,
            scope=meeting,
            facts={
                "body": body.name,
                "number": account.number,
                "as_of": day.isoformat(),
                "open": told.open,
                "ended": told.ended,
                "overdue": told.overdue,
                "presenter": presenter.person.name if presenter else None,
            },
        )
    return account


def day_of_account(today: date, as_of: date | None, previous: Account | None) -> date:
    """Return the day as of which an account is drawn up; refuse one to come, or one before the last account's."""
    day = as_of or today
    if day > today:
        raise Refused(
            "as_of_to_come",
            _("On %(day)s nobody knows yet how things stand. Choose today, %(today)s, or an earlier day.")
            % {"day": date_format(day), "today": date_format(today)},
            status=422,
            field="as_of",
        )
    if previous and day < previous.as_of:
        raise Refused(
            "as_of_before_last",
            _("The last account told how things stood on %(day)s. Choose that day or a later one.")
            % {"day": date_format(previous.as_of)},
            status=422,
            field="as_of",
        )
    return day


def member_on(body: Body, day: date, person_id: int) -> Membership:
    """Return the post by which a person presents an account: one in the body, or in its unit."""
    held = Membership.objects.filter(held_on(day), posts_of(body), person=person_id)
    found = held.select_related("person", "post").order_by("post__body", "pk").first()
    if found is None:
        raise Refused(
            "not_of_the_body",
            _("Whoever presents the account holds a post in %(body)s. Choose one of its members or officers.")
            % {"body": body.name},
            status=422,
            field="presenter",
        )
    return found


def enter_finding(*, by: Actor, line_id: int, outcome: str, text: str, happened: Happened | None = None) -> Finding:
    """Enter what the meeting finds about a line of its account: that it is fulfilled, or that it is not.

    Raises:
        Refused: it is another body's, the meeting does not sit, the account was heard already, or nothing is said.
    """
    with act(Kind.FINDING_ENTERED, by=by, happened=happened) as entry:
        line = entry.lock(AccountLine, line_id)
        account = lock_account(entry, line.account_id)
        if outcome not in Finding.Outcome.values:
            raise Refused("no_outcome", _("Say whether it is fulfilled."), status=422, field="outcome")
        if not text.strip():
            raise Refused("no_text", _("Say what the meeting found."), status=422, field="text")
        finding = entry.create(
            Finding(
                line=line,
                ordinal=line.findings.count() + 1,
                outcome=outcome,
                text=text.strip(),
                found=entry.when,
            )
        )
        decision = line.point.decision
        entry.record(
            subjects=[finding, account, account.meeting, account.item, decision, line.directive or line.point],
            access=narrowest(account.access, line.access),
            scope=account.meeting,
            facts={
                "body": account.meeting.body.name,
                "decision": decision.number,
                "point": line.point.ordinal,
                "unit": line.unit,
                "outcome": str(finding.outcome),
                "text": finding.text,
            },
        )
    return finding


def note_account(*, by: Actor, account_id: int, text: str = "", happened: Happened | None = None) -> Hearing:
    """Enter that the meeting heard its account and noted it.

    Raises:
        Refused: it is another body's, the meeting does not sit, or the account was heard already.
    """
    with act(Kind.ACCOUNT_NOTED, by=by, happened=happened) as entry:
        return hear(entry, account_id, Hearing.Outcome.NOTED, text.strip())


def send_back_account(*, by: Actor, account_id: int, because: str, happened: Happened | None = None) -> Hearing:
    """Enter that the meeting heard its account and sent it back, with the reason. Another one is drawn up then.

    Raises:
        Refused: it is another body's, the meeting does not sit, the account was heard already, or no reason is given.
    """
    with act(Kind.ACCOUNT_SENT_BACK, by=by, happened=happened) as entry:
        if not because.strip():
            raise Refused("no_reason", _("Say why the meeting sent it back."), status=422, field="because")
        return hear(entry, account_id, Hearing.Outcome.SENT_BACK, because.strip())


def hear(entry: Act, account_id: int, outcome: str, text: str) -> Hearing:
    """Write what the meeting did with its account."""
    account = lock_account(entry, account_id)
    heard = entry.create(Hearing(account=account, outcome=outcome, text=text, heard=entry.when))
    entry.record(
        subjects=[account, account.item, account.meeting, account.meeting.body],
        access=account.access,
        scope=account.meeting,
        facts={"body": account.meeting.body.name, "number": account.number, "text": text},
    )
    return heard


def lock_account(entry: Act, account_id: int) -> Account:
    """Lock an account of the actor's body that its meeting, which sits, has not heard yet."""
    account = entry.lock(Account, account_id)
    within(entry.by, account.meeting.body.book_id)
    if Hearing.objects.filter(account=account).exists():
        raise Refused("account_heard", _("The meeting has heard this account already."))
    if not account.meeting.sittings.filter(opened__lte=entry.when, closed=None).exists():
        raise Refused("no_open_sitting", _("The meeting does not sit now. Open a sitting first."))
    if AgendaItem.objects.get(pk=account.item_id).state != AgendaItem.State.CURRENT:
        raise Refused(
            "item_not_taken_up",
            _("The account stands at item %(item)s. Take up this item first.") % {"item": account.item.called},
        )
    return account
