"""Starts the door: one listening socket, shared by the workers, on both databases."""

import os
import resource
import socket
import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

from hemicycle.ground.config import read_config
from hemicycle.web.door.protocol import DoorProtocol
from hemicycle.web.door.worker import PARENT

SEND_BUFFER = 128 * 1024
UNACKNOWLEDGED_MILLISECONDS = 20_000
WANTED_FILES = 65_536
STOP_SECONDS = 5


def serve(host: str, port: int, workers: int, certfile: str | None = None, keyfile: str | None = None) -> None:
    """Serve on this address until SIGTERM or SIGINT; HTTPS where a certificate and its key are given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    raise_file_limit()
    proxies = read_config().trusted_proxies
    config = uvicorn.Config(
        "hemicycle.web.door:app",
        workers=workers,
        http=DoorProtocol,
        loop="hemicycle.web.door.loop:DoorLoop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # Who reads what, and when, is nobody's business.
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_keep_alive=20,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=30,
        ssl_certfile=certfile,
        ssl_keyfile=keyfile,
    )
    listening = listen(host, port)
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listening])
    else:
        os.environ[PARENT] = str(os.getpid())
        Multiprocess(config, sockets=[listening]).run()


def listen(host: str, port: int) -> socket.socket:
    """Return the listening socket; what is set here, every connection inherits.

    A client that vanished must not keep megabytes waiting in the kernel for a quarter of an hour.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if sys.platform == "linux":
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLISECONDS)
    listening.bind((host, port))
    listening.listen(4096)
    listening.set_inheritable(True)  # Its one argument is positional.
    return listening


def raise_file_limit() -> int:
    """Let this process and its workers hold many connections open; return how many files it may have now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):  # macOS allows fewer than it says.
        wanted = max(soft, 10_240)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
