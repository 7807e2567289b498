"""The machine's place in the local network: its address, its names, the QR code that leads there, a free port."""

import io
import socket

import segno

from hemicycle.command import Stop

# An address for documentation (RFC 5737): nothing is sent there, the system only chooses the way it would go.
ELSEWHERE = ("192.0.2.1", 9)


def lan_address() -> str:
    """Return the address under which phones in the same network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            found = str(probe.getsockname()[0])
        except OSError as error:
            raise Stop("This machine is in no network now; join one, or start without --lan.") from error
    if found.startswith("127."):
        raise Stop("This machine is in no network now; join one, or start without --lan.")
    return found


def names_of_this_machine() -> list[str]:
    """Return the names by which this machine may be asked for."""
    name = socket.gethostname().lower()
    return [name, f"{name.split('.')[0]}.local"]


def qr_code(address: str) -> str:
    """Return a QR code of an address, drawn with the characters of a terminal."""
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def take_port(host: str, port: int) -> None:
    """Stop with a sentence where the port cannot be had; leave it free again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError as error:
            raise Stop(f"Port {port} is kept for the system. Choose one above 1023 with --port.") from error
        except OSError as error:
            raise Stop(
                f"Port {port} on {host} is taken ({error.strerror}). Perhaps Hemicycle runs already; "
                "stop it, or choose another port with --port."
            ) from error
