"""The box of a secret vote: how it is opened at the close, emptied when its ballot is voided, and what it proves.

Everything happens in the transaction of the act; the key goes after the commit. A crash before it leaves the box
sealed and the key in its place, so that the ballot is closed once more; a crash after it leaves a key of no open
ballot, which `ballot_keys.sweep` destroys.
"""

from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from nacl.exceptions import CryptoError

from hemicycle.journal.act import Refused
from hemicycle.voting import ballot_keys, rules
from hemicycle.voting.models import Ballot, BoxPaper, Method
from hemicycle.voting.sealing import Paper, length_of, unseal


def open_box(ballot: Ballot) -> None:
    """Open a locked box: write its papers, sorted by code, delete what was sealed, and destroy the key after that.

    Raises:
        Refused: the key is not here, a vote was altered, or so few voted that the papers would tell who voted how.
    """
    rows = list(ballot.sealed_votes.values_list("sealed", "voter__weight", "voter__cast_by", "voter__participation"))
    refuse_telling((weight, proxy or own) for _row, weight, proxy, own in rows)
    sealed = [(bytes(row), weight) for row, weight, _proxy, _own in rows]
    try:
        papers = unseal(ballot_keys.private_key(ballot.box_key), sealed, length_of(ballot.options.count()))
    except ballot_keys.KeyAway:
        raise Refused(
            "key_away",
            _(
                "The key of this secret vote is not on this machine, so its box cannot be opened. Nothing was counted. "
                "Close it where it was opened, or void it and vote on paper."
            ),
        ) from None
    except CryptoError:
        raise Refused(
            "box_altered",
            _(
                "A sealed vote in this box was altered and cannot be opened. Nothing was counted. "
                "Void the ballot and vote on paper."
            ),
        ) from None
    write_papers(ballot, papers)
    empty_box(ballot)


def refuse_telling(votes: Iterable[tuple[int, int]]) -> None:
    """Refuse to publish papers of a class in which so few voted that it would be known who they are."""
    for weight, count in rules.small_classes(votes):
        said = {"count": count, "weight": weight, "least": rules.LEAST_IN_SECRET}
        raise Refused(
            "too_few_voted",
            ngettext(
                "Only %(count)d voter put in a vote worth %(weight)d: published, it would tell who voted how. At least "
                "%(least)d are needed. Wait for more, or void the ballot and vote on paper.",
                "Only %(count)d voters put in a vote worth %(weight)d: published, it would tell who voted how. At "
                "least %(least)d are needed. Wait for more, or void the ballot and vote on paper.",
                count,
            )
            % said,
        )


def write_papers(ballot: Ballot, papers: list[Paper]) -> None:
    """Write the papers as they are published, in the order of their codes."""
    rows = [(ballot.pk, paper.code, paper.said, paper.weight) for paper in papers]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and rows:
            cursor.execute(
                "INSERT INTO voting_boxpaper (ballot_id, code, said, weight) "
                "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::integer[])",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            cursor.executemany(
                "INSERT INTO voting_boxpaper (ballot_id, code, said, weight) VALUES (%s, %s, %s, %s)", rows
            )


def empty_box(ballot: Ballot) -> None:
    """Delete what is sealed in a locked box, and destroy its key once that is committed."""
    if ballot.method != Method.SECRET:
        return
    ballot.sealed_votes.all().delete()
    transaction.on_commit(partial(ballot_keys.destroy, ballot.box_key), robust=True)


def papers_of(ballot: Ballot) -> list[Paper]:
    """Return the published papers of a secret vote, in the order that its Merkle root was taken of."""
    rows = BoxPaper.objects.filter(ballot=ballot).values_list("code", "said", "weight")
    return sorted(Paper(*row) for row in rows.order_by())


def root_of(ballot: Ballot) -> str:
    """Return the Merkle root of the papers of a secret vote."""
    return rules.merkle_root(rules.published(papers_of(ballot)))
