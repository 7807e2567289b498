"""`rollup` as a person types it."""

import pytest

from hemicycle.command import obey
from hemicycle.decisions.models import Rollup
from hemicycle.decisions.tests.test_rollup import HOUSES, asked, reported
from hemicycle.decisions.tests.world import decided
from hemicycle.demo.club import Club
from hemicycle.voting.tests.world import floor_of

pytestmark = pytest.mark.django_db


def test_a_figure_that_is_not_what_its_reports_come_to_is_named_and_mended(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    reported(whole, 5)
    assert obey(["rollup"]) == 0
    Rollup.objects.update(own_value=6)
    assert obey(["rollup"]) == 1
    assert f"The figure kept of task {whole.pk} " in capsys.readouterr().out
    assert obey(["rollup", "--anew"]) == 0
    assert "come to: 1." in capsys.readouterr().out
    assert obey(["rollup"]) == 0
