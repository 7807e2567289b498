"""How a process opens the house: the commands, the worker, and whatever is begun beside them."""

import os

import django

from hemicycle.ground.garbage import spare_what_stays


def open_house() -> None:
    """Let Django read the settings and load the rooms, unless it has; what is loaded is never garbage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    django.setup()
    spare_what_stays()
