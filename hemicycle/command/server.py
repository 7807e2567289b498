"""The server process that `run` starts: the door in its workers."""

import os
import sys

from hemicycle.command.lifeline import hold_lifeline


def main() -> None:
    """Serve on the settings' host and port; a certificate and its key may be given as arguments."""
    hold_lifeline()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    from hemicycle.ground.settings import CONFIG
    from hemicycle.web.door.serve import serve

    cert, key = [*sys.argv[1:], None, None][:2]
    serve(CONFIG.host, CONFIG.port, CONFIG.workers, certfile=cert, keyfile=key)


if __name__ == "__main__":
    main()
