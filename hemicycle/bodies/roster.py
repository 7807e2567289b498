"""Lists of people as a desk brings them: every row read and matched with who is known, before anything is written.

A row is a person, the posts they are given in the body, and whether they get an account. Who is known by key, or by
name and e-mail address together, is matched; where only one of these agrees, the desk is asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hemicycle.accounts.models import Account, Person
from hemicycle.accounts.names import as_compared
from hemicycle.bodies.models import Body, Membership, Post, PostKind, Unit
from hemicycle.bodies.rules import Span, most_at_once, overlap
from hemicycle.bodies.sheets import Sheet, wrong_in

COLUMNS = ("key", "name", "sort name", "e-mail", "language", "post", "seat", "unit", "since", "account")
NEW = "new"
MOST_FAULTS = 200
MOST_UNCLEAR = 300
LONGEST = {"name": 200, "sort name": 200, "e-mail": 254}
SEAT = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """A bad cell: where it is, what is wrong with it, and what to write."""

    row: int
    column: str
    wrong: str
    write: str


@dataclass(frozen=True)
class Line:
    """A row that can be read."""

    row: int
    key: str
    name: str
    sort_name: str
    email: str
    language: str
    posts: tuple[str, ...]
    seat: int | None
    unit: str
    since: str
    account: bool


@dataclass(frozen=True)
class Match:
    """Who a row is: `person` where they are known, None for somebody new; `candidates` where the desk is asked."""

    line: Line
    person: Person | None
    why: str
    candidates: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """A post that a row gives, with what it needs."""

    line: Line
    post: Post
    unit: Unit | None
    starts: date


@dataclass(frozen=True)
class Plan:
    """What a list would come to: bad cells, who is who, the posts given, the rows that get an account."""

    faults: list[Fault]
    matches: list[Match]
    given: list[Given]
    accounts: list[Match]

    @property
    def unclear(self) -> list[Match]:
        """The rows of which the desk has to say who they are."""
        return [match for match in self.matches if match.candidates]

    @property
    def new(self) -> list[Match]:
        """The persons that would be entered."""
        return [match for match in self.matches if match.person is None and not match.candidates]

    @property
    def known(self) -> list[Match]:
        """The persons who are known already."""
        return [match for match in self.matches if match.person is not None]


def read_lines(sheet: Sheet) -> tuple[list[Line], list[Fault]]:
    """Return the rows of a table that can be read, and every cell that cannot, both in their order."""
    if not sheet.rows:
        return [], [Fault(1, "", _("the table is empty"), _("the names of the columns, then a row for each person"))]
    head = [cell.casefold() for cell in sheet.rows[0]]
    if faults := list(wrong_head(head)):
        return [], faults
    lines: list[Line] = []
    faults = []
    for number, cells in enumerate(sheet.rows[1:], 2):
        if not any(cells):
            continue
        row = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
        row = {column: row.get(column, "") for column in COLUMNS}
        if wrong := list(wrong_cells(number, row)):
            faults += wrong
        else:
            lines.append(line(number, row))
    if not lines and not faults:
        faults = [Fault(2, "name", _("nobody is named"), _("a row for each person"))]
    faults += twice(lines)
    return lines, sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS]


def wrong_head(head: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with the names of the columns."""
    if "name" not in head:
        yield Fault(1, "name", _("this column is missing"), _("its name, “name”, in the first row"))
    for column in dict.fromkeys(head):
        if column and column not in COLUMNS:
            yield Fault(1, column, _("this column is not known"), ", ".join(COLUMNS))
        if column and head.count(column) > 1:
            yield Fault(1, column, _("this column stands here twice"), _("it once"))


def wrong_cells(number: int, row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield every bad cell of a row."""
    for column, cell in row.items():
        for wrong, write in wrong_in(cell):
            yield Fault(number, column, wrong, write)
        if len(cell) > LONGEST.get(column, len(cell)):
            yield Fault(number, column, _("it is too long"), _("at most %(most)d letters") % {"most": LONGEST[column]})
    yield from wrong_person(number, row)
    if row["seat"] and not SEAT.fullmatch(row["seat"]):
        yield Fault(number, "seat", _("this is no seat"), _("a whole number from 1, or nothing"))
    if row["since"] and not is_day(row["since"]):
        yield Fault(number, "since", _("this is not a day"), "2026-03-02")
    if row["account"].casefold() not in YES | NO:
        yield Fault(number, "account", _("this is neither yes nor no"), _("yes or no"))
    elif row["account"].casefold() in YES and not row["e-mail"]:
        yield Fault(number, "e-mail", _("an account needs an address"), "name@example.org")


def wrong_person(number: int, row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the bad cells that say who a person is."""
    if not row["name"]:
        yield Fault(number, "name", _("it is empty"), _("the person's full name"))
    if row["e-mail"] and not is_email(row["e-mail"]):
        yield Fault(number, "e-mail", _("this is no address"), "name@example.org")
    if row["language"] and row["language"].casefold() not in dict(settings.LANGUAGES):
        yield Fault(number, "language", _("this language is not known here"), ", ".join(dict(settings.LANGUAGES)))


YES, NO = {"yes", "x", "1", "true"}, {"", "no", "0", "false"}


def is_email(text: str) -> bool:
    """Say whether a text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_day(text: str) -> bool:
    """Say whether a text is a day that can be kept here."""
    try:
        return date(1, 1, 3) <= date.fromisoformat(text) <= date(9999, 12, 29)
    except ValueError:
        return False


def line(number: int, row: Mapping[str, str]) -> Line:
    """Return a row whose cells are good."""
    return Line(
        row=number,
        key=row["key"].casefold(),
        name=" ".join(row["name"].split()),
        sort_name=row["sort name"],
        email=row["e-mail"].casefold(),
        language=row["language"].casefold(),
        posts=tuple(dict.fromkeys(title.strip() for title in row["post"].split(";") if title.strip())),
        seat=int(row["seat"]) if row["seat"] else None,
        unit=row["unit"],
        since=row["since"],
        account=row["account"].casefold() in YES,
    )


def twice(lines: Sequence[Line]) -> Iterator[Fault]:
    """Yield the rows that name a person whom a row before names already."""
    keys: dict[tuple[str, str], int] = {}
    for one in lines:
        told_apart = one.key or one.email
        names = [("key", one.key), ("e-mail", one.email), ("name", "" if told_apart else as_compared(one.name))]
        for column, cell in names:
            if cell and (column, cell) in keys:
                yield Fault(
                    one.row,
                    column,
                    _("row %(row)d has the same") % {"row": keys[column, cell]},
                    _("each person once; several posts with “;” between them"),
                )
            elif cell:
                keys[column, cell] = one.row


def plan(body: Body, lines: Sequence[Line], answers: Mapping[int, str], today: date) -> Plan:
    """Return what these rows would come to now, with what the desk said about unclear ones (a person's key, or new)."""
    known = Known(lines)
    faults: list[Fault] = []
    matches: list[Match] = []
    for one in lines:
        match, wrong = known.match(one, answers.get(one.row, ""))
        faults += wrong
        matches += [match] if match else []
    faults += same_person(matches)
    given, wrong_posts = posts_given(body, matches, today)
    accounts, wrong_accounts = accounts_opened(matches)
    faults += [*wrong_posts, *wrong_accounts]
    if sum(bool(match.candidates) for match in matches) > MOST_UNCLEAR:
        faults.append(Fault(1, "key", _("too many persons are unclear"), _("the keys of those who are known")))
    return Plan(sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS], matches, given, accounts)


class Known:
    """The persons whom the rows of a list may be, fetched at once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        emails = {one.email for one in lines if one.email}
        wanted = {as_compared(one.name) for one in lines}
        self.by_key: dict[str, Person] = {}
        self.by_email: dict[str, list[Person]] = {}
        self.by_name: dict[str, list[Person]] = {}
        for person in Person.objects.select_related("account").order_by("pk"):
            self.by_key[person.slug] = person
            addresses = {person.email.casefold(), account_of(person)} & emails
            for address in addresses:
                self.by_email.setdefault(address, []).append(person)
            if (name := as_compared(person.name)) in wanted:
                self.by_name.setdefault(name, []).append(person)

    def match(self, one: Line, answer: str) -> tuple[Match | None, list[Fault]]:
        """Return who a row is, or the bad cell that keeps it from being anybody."""
        if one.key:
            person = self.by_key.get(one.key)
            if person is None:
                return None, [
                    Fault(one.row, "key", _("nobody has this key"), _("nothing, where the person is new here"))
                ]
            if as_compared(person.name) == as_compared(one.name):
                return Match(one, person, _("the same key and name")), []
            return self.asked(one, [person], _("the same key, another name"), answer), []
        by_email = self.by_email.get(one.email, []) if one.email else []
        by_name = self.by_name.get(as_compared(one.name), [])
        both = [person for person in by_email if person in by_name]
        if len(both) == 1:
            return Match(one, both[0], _("the same name and address")), []
        if by_email:
            return self.asked(one, by_email, _("the same address, another name"), answer), []
        if by_name:
            return self.asked(one, by_name, _("the same name, another address or none"), answer), []
        return Match(one, None, _("new")), []

    def asked(self, one: Line, candidates: list[Person], why: str, answer: str) -> Match:
        """Return an unclear row: who the desk said it is, or the question."""
        if answer == NEW:
            return Match(one, None, _("new, as you said"))
        for person in candidates:
            if answer == str(person.pk):
                return Match(one, person, _("as you said"))
        return Match(one, None, why, candidates)


def account_of(person: Person) -> str:
    """Return the address of a person's account."""
    account: Account | None = getattr(person, "account", None)
    return account.email.casefold() if account else ""


def same_person(matches: Sequence[Match]) -> Iterator[Fault]:
    """Yield the rows that turn out to be a person whom a row before is already."""
    rows: dict[int, int] = {}
    for match in matches:
        if match.person is None:
            continue
        if match.person.pk in rows:
            said = {"row": rows[match.person.pk], "name": match.person.name}
            wrong = _("this is %(name)s, like row %(row)d") % said
            yield Fault(match.line.row, "name", wrong, _("each person once"))
        rows.setdefault(match.person.pk, match.line.row)


def posts_given(body: Body, matches: Sequence[Match], today: date) -> tuple[list[Given], list[Fault]]:
    """Return the posts that the rows give, and the cells that keep one from being given."""
    posts = {post.title.casefold(): post for post in body.posts.all()}
    units = {
        name: unit
        for unit in Unit.objects.filter(ended=None).order_by("-pk")
        for name in (unit.name.casefold(), unit.slug)
    }
    spells = Membership.objects.filter(post__body=body).select_related("post")
    held: dict[int, list[tuple[int | None, Span]]] = {}
    for one in spells:
        held.setdefault(one.post_id, []).append((one.person_id, Span(one.starts, one.ends)))
    given: list[Given] = []
    faults: list[Fault] = []
    for match in matches:
        row, unit = match.line.row, units.get(match.line.unit.casefold())
        if match.line.unit and unit is None:
            faults.append(Fault(row, "unit", _("no unit is called so"), _("the name of a unit that has not ended")))
        for title in match.line.posts:
            post = posts.get(title.casefold())
            if post is None:
                listed = ", ".join(known.title for known in posts.values())
                faults.append(Fault(row, "post", _("“%(title)s” is no post here") % {"title": title}, listed))
                continue
            starts = date.fromisoformat(match.line.since) if match.line.since else today
            new = Given(match.line, post, unit, starts)
            wrong, is_there = wrong_with(new, match, held, posts.values())
            if wrong:
                faults.append(Fault(row, "post", *wrong))
            elif not is_there:
                held.setdefault(post.pk, []).append((match.person.pk if match.person else -row, Span(starts)))
                given.append(new)
    return given, faults


def wrong_with(
    new: Given, match: Match, held: Mapping[int, list[tuple[int | None, Span]]], posts: Iterable[Post]
) -> tuple[tuple[str, str] | None, bool]:
    """Return what keeps a post from being given (what is wrong, what to write), and whether it is held already."""
    span = Span(new.starts)
    mine = match.person.pk if match.person else -match.line.row
    others = held.get(new.post.pk, [])
    if any(person == mine and overlap(span, other) for person, other in others):
        return None, True
    if most_at_once([span, *(other for _person, other in others if overlap(span, other))]) > new.post.seats:
        said = {"title": new.post.title, "seats": new.post.seats}
        wrong = _("“%(title)s” has %(seats)d seats, and no other is free") % said
        return (wrong, _("another post, or more seats first")), False
    if new.post.kind == PostKind.FULL:
        full = [one.pk for one in posts if one.kind == PostKind.FULL and one.pk != new.post.pk]
        spans = [other for key in full for person, other in held.get(key, []) if person == mine]
        if any(overlap(span, other) for other in spans):
            return (_("they hold another full seat of this body"), _("another post, or end that seat first")), False
    return None, False


def accounts_opened(matches: Sequence[Match]) -> tuple[list[Match], list[Fault]]:
    """Return the rows that get an account, and those whose address is another account's."""
    wanted = [match for match in matches if match.line.account and not (match.person and account_of(match.person))]
    taken = Account.objects.filter(email__in=[match.line.email for match in wanted]).values_list("email", flat=True)
    addresses = {email.casefold() for email in taken}
    faults = [
        Fault(match.line.row, "e-mail", _("this address belongs to another account"), _("an address of their own"))
        for match in wanted
        if match.line.email in addresses and not match.candidates
    ]
    return [match for match in wanted if match.line.email not in addresses], faults
