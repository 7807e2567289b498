"""A transactional test leaves nothing behind, and the tables append-only."""

import pytest
from django.db import IntegrityError, connection, transaction

from hemicycle.demo.club import MONDAY, found_club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_of_two", [1, 2])
def test_the_flush_empties_what_nothing_else_may(round_of_two: int) -> None:
    assert not Entry.objects.exists()
    with clock_at(MONDAY):
        found_club()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
    assert Entry.objects.exists()
