"""How a process opens the house: the commands, the worker, and whatever is begun beside them."""

import os

from hemicycle.ground.garbage import spare_what_stays


def open_house() -> None:
    """Let Django read the settings and load the rooms, unless it has; what is loaded is never garbage."""
    import django  # Reading pages and recounting are commands that do without it.

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    django.setup()
    spare_what_stays()
