"""What the tests of meetings share: files in a place of their own, and the secretary at the desk."""

from pathlib import Path

import pytest
from django.test import Client

from hemicycle.demo.club import Club
from hemicycle.meetings.tests.world import signed_in


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(club: Club) -> Client:
    return signed_in(club.members[1])
