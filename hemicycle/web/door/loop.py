"""asyncio's event loop, which takes one waiting connection at a time, so that the workers share a rush of them.

As it comes, the worker that wakes first takes all that wait, and a thousand phones that come back at once would hang
on one worker while the other idles. The kernel's queue stays as long as before.
"""

import asyncio
from typing import Any


class DoorLoop(asyncio.SelectorEventLoop):
    """The event loop of a worker."""

    def _accept_connection(
        self, protocol_factory: Any, sock: Any, sslcontext: Any, server: Any, _backlog: int, *timeouts: Any
    ) -> None:
        super()._accept_connection(protocol_factory, sock, sslcontext, server, 1, *timeouts)  # type: ignore[misc]  # not in the stubs
