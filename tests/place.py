"""Loaded by pytest before the settings: tests write to a folder of their own, never to the house's var/."""

import atexit
import os
import shutil
import tempfile

if not os.environ.get("HEMICYCLE_DATA"):
    os.environ["HEMICYCLE_DATA"] = tempfile.mkdtemp(prefix="hemicycle-tests-")
    atexit.register(shutil.rmtree, os.environ["HEMICYCLE_DATA"], ignore_errors=True)
