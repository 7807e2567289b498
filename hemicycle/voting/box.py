"""The box: POST /box/<ballot>/, a raw ASGI room behind the door that takes votes on signed cards.

A form or JSON with `card`, `choice` (the paper, see papers.py; a form may send its parts instead), `request` (a token:
the same request twice counts once), and for a secret vote the `code` by which its voter finds it later. The card is the
authority, no cookie is read, so no other site can vote for anybody. Votes are committed in groups, and the answer goes
out after the commit. No vote is ever written to a log or an address.
"""

import json
import re
from functools import cache
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hemicycle.ground.asgi import (
    CutOff,
    Receive,
    Scope,
    Send,
    TooLarge,
    TooSlow,
    answer,
    header,
    read_body,
)
from hemicycle.journal.act import Refused
from hemicycle.voting.box_commit import Asked, Committer, Full, Outcome, Slip
from hemicycle.voting.card import Card, read_card, receipt
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.papers import LONGEST, BadPaper, Form, composed
from hemicycle.voting.sealing import canonical_code

PATH = re.compile(r"/box/([1-9][0-9]{0,17})/", re.ASCII)
REQUEST = re.compile(r"[\w.:-]{1,64}", re.ASCII)
LARGEST = 8_000
MOST_FIELDS = 500
SECONDS = 15.0
STATUS = {
    "counted": 200,
    "already_voted": 409,
    "ballot_closed": 409,
    "box_opened": 409,
    "card_struck": 409,
    "not_entitled": 403,
    "card_not_ours": 403,
    "card_ended": 403,
    "other_ballot": 403,
    "unknown_choice": 422,
    "unknown_option": 422,
    "named_twice": 422,
    "too_many": 422,
    "same_rank": 422,
    "rank_missing": 422,
    "nothing_said": 422,
    "not_a_paper": 422,
    "no_request": 422,
    "no_code": 422,
    "not_understood": 400,
    "no_ballot": 404,
    "not_a_vote": 405,
    "too_large": 413,
    "too_slow": 408,
    "box_busy": 503,
    "box_away": 503,
}
FIELDS = ("card", "choice", "request", "code", "next", "lang")

committer = Committer()


async def box(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one vote."""
    fields: dict[str, str] = {}
    try:
        fields, outcome = await take(scope, receive)
    except CutOff:
        return
    except TooLarge:
        outcome = Outcome("too_large")
    except TooSlow:
        outcome = Outcome("too_slow")
    await tell(scope, send, outcome, fields)


async def take(scope: Scope, receive: Receive) -> tuple[dict[str, str], Outcome]:
    """Read a vote and put it into the box; return what was sent and what became of it."""
    path = PATH.fullmatch(scope["path"])
    if scope["method"] != "POST" or not path:
        return {}, Outcome("not_a_vote" if path else "no_ballot")
    with await read_body(scope, receive, limit=LARGEST, seconds=SECONDS) as body:
        fields = read_fields(scope, body)
    if fields is None:
        return {}, Outcome("not_understood")
    try:
        card = read_card(fields.get("card", ""))
    except Refused as refusal:
        return fields, Outcome(refusal.code)
    if card.ballot != int(path[1]):
        return fields, Outcome("other_ballot")
    if "choice" not in fields or len(fields["choice"]) > LONGEST:
        return fields, Outcome(fields.get("unread", "unknown_choice"))
    if not REQUEST.fullmatch(fields.get("request", "")):
        return fields, Outcome("no_request")
    try:
        code = canonical_code(fields.get("code", ""))
        slip = Slip(card.ballot, card.voter, fields["choice"], fields["request"], code, card.issue)
        return fields, await committer.put(slip)
    except Full:
        return fields, Outcome("box_busy")


def read_fields(scope: Scope, body: IO[bytes]) -> dict[str, str] | None:
    """Return the fields of a form or of JSON, or None where it is neither."""
    kind = (header(scope, b"content-type") or b"").partition(b";")[0].strip().lower()
    try:
        text = body.read().decode()
        if kind == b"application/json":
            sent = json.loads(text)
            fields = list(sent.items()) if isinstance(sent, dict) else []
        elif kind == b"application/x-www-form-urlencoded":
            fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        else:
            return None
    except (ValueError, RecursionError):
        return None
    texts = [(name, value) for name, value in fields if isinstance(value, str)]
    return {name: value for name, value in texts if name in FIELDS} | paper_of(texts)


def paper_of(fields: list[tuple[str, str]]) -> dict[str, str]:
    """Return the paper that was sent as `choice`, or as `unread` the code of why it is none."""
    try:
        paper = composed(fields)
    except BadPaper as bad:
        return {"unread": bad.code}
    return {} if paper is None else {"choice": paper}


async def tell(scope: Scope, send: Send, outcome: Outcome, fields: dict[str, str]) -> None:
    """Answer as the client asked: JSON, a fragment for htmx, or the way back for a form without JavaScript."""
    status = STATUS[outcome.code]
    language = fields.get("lang", "") if fields.get("lang") in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    headers = [(b"vary", b"Accept, HX-Request")]
    if status in {408, 413}:
        headers.append((b"connection", b"close"))
    if status == 503:
        headers.append((b"retry-after", b"2"))
    wanted = header(scope, b"accept") or b""
    if b"application/json" in wanted or (b"json" in (header(scope, b"content-type") or b"") and b"html" not in wanted):
        await answer(send, status, as_json(outcome, language), b"application/json", headers)
    elif header(scope, b"hx-request"):
        await answer(send, status, as_fragment(outcome, language), b"text/html; charset=utf-8", headers)
    elif back := way_back(fields.get("next", ""), outcome.code):
        await answer(send, 303, b"", b"text/html; charset=utf-8", [*headers, (b"location", back.encode())])
    else:
        await answer(send, status, as_fragment(outcome, language), b"text/html; charset=utf-8", headers)


def as_json(outcome: Outcome, language: str) -> bytes:
    """Return what became of a vote as JSON."""
    said = {"outcome": outcome.code, "sentence": told(outcome, language)}
    if outcome.secret:
        said |= {"code": outcome.tracking}
    elif outcome.slip:
        said |= {"choice": outcome.choice, "receipt": receipt_of(outcome)}
    return json.dumps(said, ensure_ascii=False).encode()


def as_fragment(outcome: Outcome, language: str) -> bytes:
    """Return what became of a vote as HTML."""
    if outcome.secret:
        return sealed_fragment(outcome.code, language).replace(PLACE, outcome.tracking or "–").encode()
    if outcome.asked:
        made = rendered(outcome.code, told(outcome, language), language, receipt=outcome.slip is not None)
    else:
        made = fragment(outcome.code, outcome.choice, language)
    return made.replace(PLACE, receipt_of(outcome)).encode()


def told(outcome: Outcome, language: str) -> str:
    """Return the sentence that says what became of a vote; those on motions are made once."""
    if outcome.secret:
        return sealed_sentence(outcome.code, language)
    if outcome.asked:
        return say(outcome.code, outcome.choice, language, outcome.asked)
    return sentence(outcome.code, outcome.choice, language)


PLACE = "@receipt@"


@cache
def fragment(code: str, choice: str, language: str) -> str:
    """Return the fragment for an outcome on a motion, rendered once, with a place for the receipt."""
    return rendered(code, sentence(code, choice, language), language, receipt=bool(choice))


@cache
def sealed_fragment(code: str, language: str) -> str:
    """Return the fragment for a secret vote that counts, with a place for its code."""
    said = sealed_sentence(code, language)
    return rendered(code, said, language, receipt=False, tracking=code == "counted")


@cache
def sealed_sentence(code: str, language: str) -> str:
    """Return what is told of a secret vote that counts: never what it says."""
    with translation.override(language):
        if code == "counted":
            return _("Your vote is in the box, sealed.")
        return _("You have voted already, and a vote in this ballot is not changed. It stays as it was.")


def rendered(code: str, said: str, language: str, *, receipt: bool, tracking: bool = False) -> str:
    """Return the fragment for an outcome, with a place for the receipt, or the code of a secret vote."""
    with translation.override(language):
        shown = {
            "code": code,
            "sentence": said,
            "counted": code == "counted",
            "try_again": STATUS[code] in {408, 503},
            "receipt": PLACE if receipt else "",
            "tracking": PLACE if tracking else "",
        }
        return render_to_string("voting/cast.html", shown)


def receipt_of(outcome: Outcome) -> str:
    """Return the receipt of the vote that counts, empty where there is none."""
    slip = outcome.slip
    return receipt(Card(slip.ballot, slip.voter), slip.choice, slip.request) if slip else ""


@cache
def sentence(code: str, choice: str = "", language: str = "") -> str:
    """Return the sentence that says what became of a vote on a motion."""
    return say(code, choice, language)


def say(code: str, choice: str = "", language: str = "", asked: Asked | None = None) -> str:
    """Return the sentence that says what became of a vote."""
    with translation.override(language or settings.LANGUAGE_CODE):
        names = asked.names if asked else ()
        voted = {
            "choice": paper_in_words(choice, asked.form if asked else Form.MOTION, names),
            "options": len(names),
            "most": asked.most if asked else 0,
        }
        none = _("No vote was taken.")
        told = {
            "counted": _("Your vote is in the box: %(choice)s.") % voted,
            "already_voted": _(
                "You have voted already, and a vote in this ballot is not changed. It stays: %(choice)s."
            )
            % voted,
            "ballot_closed": _("The vote is over. Yours came after it was closed and was not counted."),
            "not_entitled": _("You are not on the list of those who may vote in this ballot. No vote was taken."),
            "card_not_ours": _("This voting card is not valid here. Open the page of the ballot again and vote."),
            "card_ended": _("This voting card has ended. Open the page of the ballot again and vote."),
            "other_ballot": _("This voting card is for another ballot. Open the page of the ballot again and vote."),
            "unknown_choice": _("This is none of the choices. Choose for, against or abstain."),
            "unknown_option": _("The paper names a number that nobody on it has. Choose among those on the paper."),
            "named_twice": _("The paper names somebody twice. Name each once."),
            "too_many": _("The paper names too many: at most %(most)d. Take some away and send it again.") % voted
            if voted["most"]
            else _("The paper names too many. Take some away and send it again."),
            "same_rank": _("Two have the same number. Give every number once."),
            "rank_missing": _("A number between two others is left out. Number them 1, 2, 3 without a gap."),
            "nothing_said": _("The paper says nothing. Choose somebody, or put in a blank paper."),
            "not_a_paper": _("The paper cannot be read. Open the page of the ballot again and vote."),
            "box_opened": _(
                "The vote is over and its box was opened. If a vote of yours was taken before, its code stands among "
                "the published papers. No further vote is taken."
            ),
            "card_struck": _("The desk struck this voting card. Ask at the desk how you vote now."),
            "no_code": _(
                "A secret vote needs a code of your own, by which you find it later: 8 to 24 letters and digits."
            ),
            "no_request": _("The vote arrived damaged. Open the page of the ballot again and vote."),
            "not_understood": _("The vote arrived damaged. Open the page of the ballot again and vote."),
            "no_ballot": _("There is no such ballot."),
            "not_a_vote": _("Votes are sent from the page of the ballot."),
            "too_large": _("What arrived is too large for a vote."),
            "too_slow": _("The vote did not arrive in whole. Send it again; it is never counted twice."),
            "box_busy": _("Very many votes arrive at this moment. Send yours again; it is never counted twice."),
            "box_away": _(
                "It is not known whether your vote reached the box, since the database did not answer. "
                "Send it again; it is never counted twice."
            ),
        }[code]
        if code in {"counted", "already_voted", "ballot_closed", "box_opened", "not_entitled", "box_away"}:
            return told
        return f"{none} {told}"


def way_back(address: str, code: str) -> str:
    """Return the page of this site to go back to, with what became of the vote but not the vote; or nothing."""
    parts = urlsplit(address)
    fits = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    if not fits or parts.scheme or parts.netloc or not address.isascii():
        return ""
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "vote"]
    return urlunsplit(("", "", parts.path, urlencode([*query, ("vote", code)]), parts.fragment))
