"""A pipe between a process and those it starts: when the parent ends, however it ends, the children hear it.

The parent holds the writing end and never writes; the kernel closes it even after kill -9.
"""

import os
import signal
import threading

NAME = "HEMICYCLE_LIFELINE"


def hold_lifeline() -> None:
    """End this process, as SIGTERM would, when the one that started it is gone."""
    end = os.environ.pop(NAME, None)
    if end is None:
        return
    reading = int(end)
    os.set_inheritable(reading, False)  # noqa: FBT003  # Its one argument is positional.

    def wait() -> None:
        os.read(reading, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
