"""What is loaded stays out of the search for garbage, in the commands and in the server."""

import subprocess
import sys

import pytest

SAID = "import gc; print(gc.get_freeze_count() > 50_000, gc.get_threshold()[0] >= 10_000)"
STARTS = {
    "a command": "from hemicycle.ground.opening import open_house; open_house()",
    "the server": "from hemicycle.web.door.rooms import load_pages; load_pages()",
}


@pytest.mark.parametrize("start", STARTS)
def test_what_is_loaded_is_spared(start: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", f"{STARTS[start]}; {SAID}"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "True True"
