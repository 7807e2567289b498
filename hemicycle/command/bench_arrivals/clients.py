"""The scanners and the phones of the bench, each a thread with its own connection; they tell what they measured."""

import http.client
import json
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = "b" * 32
PRESENT = re.compile(r"(\d+) of \d+ members")


@dataclass
class Told:
    """What the clients measured, in milliseconds, and how many answers were not those expected."""

    scans: list[float] = field(default_factory=list)
    waves: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0
    present: int = 0


class Device:
    """A scanner's desk or a phone: one connection, its cookies."""

    def __init__(self, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("localhost", int(os.environ["PORT"]), timeout=60)
        self.cookies = {"csrftoken": TOKEN} | ({"sessionid": session} if session else {})

    def ask(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> tuple[int, str, float]:
        """Return status, text and milliseconds of a request; one with fields is posted."""
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = 1000 * (time.perf_counter() - begun)
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or text, took


def scan(world: dict[str, Any], told: Told) -> float:
    """Let every scanner enter its share, one after the other, and return the seconds that all of it took."""
    desks = [Device(session) for session in world["desks"]]

    def work(place: int) -> None:
        for key in world["keys"][place :: len(desks)]:
            status, text, took = desks[place].ask(
                world["door"], {"code": f"http://hall/en/check-in/{key}/", "way": "came"}, **{"HX-Request": "true"}
            )
            told.scans.append(took)
            told.failed += status != HTTPStatus.OK or "scan--success" not in text
            if found := PRESENT.search(text):
                told.present = max(told.present, int(found[1]))

    begun = time.perf_counter()
    at_once(len(desks), work)
    return time.perf_counter() - begun


def sign_in(world: dict[str, Any], phones: int, told: Told) -> None:
    """Let phones open the page behind a badge, sign in, and open the delegate's page: each wave all at once."""
    devices = [Device() for _phone in range(phones)]
    pages = [f"/en/check-in/{key}/" for key in world["keys"][:phones]]
    floors = [""] * phones

    def opens(place: int) -> tuple[bool, float]:
        status, text, took = devices[place].ask(pages[place])
        return status == HTTPStatus.OK and "This is me" in text, took

    def signs(place: int) -> tuple[bool, float]:
        status, floors[place], took = devices[place].ask(pages[place], {})
        return status == HTTPStatus.FOUND, took

    def stands(place: int) -> tuple[bool, float]:
        status, text, took = devices[place].ask(floors[place])
        return status == HTTPStatus.OK and "You are here" in text, took

    for name, does in (("open", opens), ("sign_in", signs), ("floor", stands)):
        took = told.waves[name] = [0.0] * phones

        def work(place: int, does: Any = does, took: list[float] = took) -> None:
            good, took[place] = does(place)
            told.failed += not good

        at_once(phones, work)


def at_once(count: int, work: Any) -> None:
    """Do something in so many threads, which all begin at the same moment."""
    gate = threading.Barrier(count)

    def begin(place: int) -> None:
        gate.wait()
        work(place)

    threads = [threading.Thread(target=begin, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(path: Path, phones: int) -> None:
    """Measure, and tell it in one line."""
    world, told = json.loads(path.read_text(encoding="utf-8")), Told()
    seconds = scan(world, told)
    sign_in(world, phones, told)
    print(json.dumps({**vars(told), "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
