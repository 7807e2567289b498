"""Acts on the terms of a body."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts.belonging import refuse_foreign
from hemicycle.bodies.models import Body, Term
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor, Refused, act


def begin_term(
    *, by: Actor, body_id: int, ordinal: int, starts: date, ends: date | None = None, held_before: int = 0
) -> Term:
    """Begin a term of a body. Terms of a body do not overlap; an open one ends where the next begins.

    A body that comes to keep its book here in the middle of a term says how many meetings of it were held before,
    so that the next has its right number.

    Raises:
        Refused: it reaches into another term, or fewer than no meeting was held before.
    """
    with act(Kind.TERM_BEGUN, by=by) as entry:
        body = entry.lock(Body, body_id)
        refuse_foreign(by, body)
        last = body.terms.order_by("ordinal").last()
        if last and (ordinal <= last.ordinal or starts <= last.starts or (last.ends and starts < last.ends)):
            raise Refused(
                "terms_overlap",
                _("Term %(ordinal)d of %(body)s reaches into this one.") % {"ordinal": last.ordinal, "body": body.name},
                status=422,
                field="starts",
            )
        if ends is not None and ends <= starts:
            raise Refused("term_ends_first", _("A term ends after it begins."), status=422, field="ends")
        if held_before < 0:
            raise Refused(
                "held_before_negative",
                _("The meetings held before are counted from 0."),
                status=422,
                field="held_before",
            )
        if last and last.ends is None:
            entry.update(last, ends=starts)
        term = entry.create(Term(body=body, ordinal=ordinal, starts=starts, ends=ends, held_before=held_before))
        entry.record(
            subjects=[term, body],
            access=Access.PUBLIC,
            facts={
                "ordinal": ordinal,
                "starts": starts.isoformat(),
                "ends": ends.isoformat() if ends else None,
                "held_before": held_before,
            },
        )
    return term


def end_term(*, by: Actor, body_id: int, ends: date) -> Term:
    """End the open term of a body on a day: from then on it is in no term until another begins.

    Raises:
        Refused: no term is open, or it began on that day or later.
    """
    with act(Kind.TERM_ENDED, by=by) as entry:
        body = entry.lock(Body, body_id)
        refuse_foreign(by, body)
        term = body.terms.filter(ends=None).first()
        if term is None:
            raise Refused("no_open_term", _("%(body)s has no open term to end.") % {"body": body.name})
        if ends <= term.starts:
            raise Refused(
                "term_ends_first",
                _("Term %(ordinal)d began on %(day)s; it ends after that.")
                % {"ordinal": term.ordinal, "day": date_format(term.starts)},
                status=422,
                field="ends",
            )
        entry.update(term, ends=ends)
        entry.record(
            subjects=[term, body],
            access=Access.PUBLIC,
            facts={"body": body.name, "ordinal": term.ordinal, "ends": ends.isoformat()},
        )
    return term
