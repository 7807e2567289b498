"""Reads one file in a process with limits, and says how it went: `python -m hemicycle.reader.tests.limited PATH NAME`.

Prints one JSON object: whether it was read or refused, the seconds of the processor, and the most memory in MB. Dies
where the limits are passed by far, so that a mistake in the reader stops no machine.
"""

import json
import resource
import sys
import time
from pathlib import Path

SECONDS = 60
BYTES = 3 << 30


def main() -> None:
    """Read the file under limits."""
    from hemicycle.reader.flat import flat
    from hemicycle.reader.reading import read
    from hemicycle.reader.shape import Unreadable
    from hemicycle.reader.whole import whole

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    source = Path(sys.argv[1]).read_bytes()
    begun = time.process_time()
    refused, shown = "", ""
    try:
        reading = read(source, name=sys.argv[2])
        took = time.process_time() - begun
        peak = most_memory()
        json.dumps(flat(reading))
        if len(source) < 1_000_000:
            json.dumps(whole(reading))
            shown = reading.page.article.text[:2000]
    except Unreadable as error:
        took = time.process_time() - begun
        peak = most_memory()
        refused = str(error)
    said = {"refused": refused, "seconds": round(took, 2), "peak_mb": round(peak), "article": shown}
    sys.stdout.write(json.dumps(said) + "\n")


def most_memory() -> float:
    """Return the most memory that this process held, in MB. What rusage tells includes the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
