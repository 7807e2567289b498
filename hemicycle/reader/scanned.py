"""Pictures of text, read by Tesseract where it is installed."""

import os
import shutil
import subprocess
from functools import cache

from hemicycle.reader.shape import Unreadable

SECONDS_A_SHEET = 60
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # Its threads wait for each other more than they help.
WANTED = ("eng", "kor", "chi_sim", "rus", "fra")


def read_picture(picture: bytes, *, name: str) -> str:
    """The words of a picture. Raises Unreadable where Tesseract is not installed or cannot read it."""
    program = shutil.which("tesseract")
    if program is None:
        raise Unreadable(
            f"{name} is a scan: pictures of pages without a text layer. To read it, install Tesseract on this machine "
            "(the package tesseract-ocr), or bring a PDF in which the text can be searched."
        )
    asked = [program, "stdin", "stdout", "-l", "+".join(_languages(program)) or "eng", "--psm", "1"]
    try:
        done = subprocess.run(
            asked, input=picture, capture_output=True, timeout=SECONDS_A_SHEET, check=False, env=os.environ | ONE_THREAD
        )
    except (subprocess.TimeoutExpired, OSError) as failed:
        raise Unreadable(f"{name}: Tesseract did not read a page of it within {SECONDS_A_SHEET} seconds.") from failed
    if done.returncode:
        raise Unreadable(f"{name}: Tesseract could not read the picture.")
    return done.stdout.decode("utf-8", "replace").replace("\f", "\n")


@cache
def _languages(program: str) -> tuple[str, ...]:
    """Those of the reader's languages for which Tesseract has data here."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False)
    known = set(listed.stdout.decode("utf-8", "replace").split())
    return tuple(language for language in WANTED if language in known)
