"""`run`: set up what is missing, then serve until Ctrl-C, saying what it does as it goes."""

import argparse
import os
import ssl
from pathlib import Path

from hemicycle.command import Stop
from hemicycle.ground.opening import open_house

FOUNDING = """five questions, one line each where the answers come from a file:
the organisation's name, its language, its time zone, who you are (name, e-mail, password), and its rules"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `run` may be asked."""
    parser.add_argument("--new", action="store_true", help=f"found a real body instead of the demo: {FOUNDING}")
    parser.add_argument("--lan", action="store_true", help="let phones in the local network in, and show a QR code")
    parser.add_argument("--port", help="serve on this port (default: PORT, or 8000)")
    parser.add_argument("--cert", type=Path, metavar="FILE", help="serve HTTPS with this certificate (PEM)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the certificate's key (PEM)")


def run(args: argparse.Namespace) -> int:
    """Prepare the house, tell the address and how to sign in, and serve until stopped."""
    from hemicycle.command.lan import lan_address, qr_code, take_port

    secure = check_certificate(args.cert, args.key)
    address = lan_address() if args.lan else None
    here = settle(args, secure=secure, address=address)
    from hemicycle.ground.settings import CONFIG

    take_port(CONFIG.host, CONFIG.port)
    open_house()
    make_ready(new=args.new)

    from hemicycle.command.supervise import serve_until_stopped

    code = [qr_code(here)] if address else []
    welcome = "\n".join([*code, f"Hemicycle is at {here}", *how_to_sign_in(here), "Ctrl-C stops it."])
    return serve_until_stopped(CONFIG.host, CONFIG.port, args.cert, args.key, welcome)


def check_certificate(cert: Path | None, key: Path | None) -> bool:
    """Say whether HTTPS was asked for; stop where certificate and key cannot be used together."""
    if cert is None and key is None:
        return False
    if cert is None or key is None:
        raise Stop("HTTPS needs both --cert and --key.", 2)
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as error:
        raise Stop(f"The certificate {cert} and the key {key} cannot be used together: {error}.", 2) from error
    return True


def settle(args: argparse.Namespace, *, secure: bool, address: str | None) -> str:
    """Put what was asked on the command line into the settings, for this process and those it starts.

    Returns the address that a person types.
    """
    from hemicycle.command.lan import names_of_this_machine
    from hemicycle.ground.config import read_config

    if args.port:
        os.environ["PORT"] = args.port
    if secure:
        os.environ["HEMICYCLE_SECURE"] = "yes"
    config = read_config()
    here = f"{'https' if secure else 'http'}://{address or shown(config.host)}:{config.port}"
    if address:
        allowed = (*config.allowed_hosts, address, *names_of_this_machine())
        os.environ["HEMICYCLE_ALLOWED_HOSTS"] = " ".join(dict.fromkeys(allowed))
        os.environ["HEMICYCLE_HOST"] = "0.0.0.0"  # noqa: S104  # --lan is the wish to be reached from elsewhere.
        os.environ.setdefault("HEMICYCLE_ADDRESS", here)
    return f"{here}/"


def make_ready(*, new: bool) -> None:
    """Bring the data folder, the database, the static files and the first contents into being."""
    from hemicycle.command import prepare
    from hemicycle.command.founding import found_by_questions

    prepare.make_folders()
    prepare.refuse_without_its_database()
    prepare.bring_up_to_date()
    prepare.clear_unfinished_demo()
    prepare.collect_static()
    if new:
        found_by_questions()
    elif prepare.is_empty():
        prepare.seed_demo()
    prepare.warn_of_pango()


def shown(host: str) -> str:
    """Return a host as a browser on this machine can be given it."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  # A name, nothing is bound here.


def how_to_sign_in(here: str) -> list[str]:
    """Return how a person signs in: a button in the demo, an address and password in a real installation."""
    from django.urls import reverse

    from hemicycle.accounts.models import Installation

    installation = Installation.objects.first()
    if installation and installation.is_demo:
        return ["To sign in, choose a button there: as the chair, the secretary, a delegate, an observer or a unit."]
    sign_in = here.rstrip("/") + reverse("account_login")
    return [f"Sign in at {sign_in} with your e-mail address and password."]
