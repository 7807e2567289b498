"""One stage of `bench read`, in a process of its own: it reads the next pages whenever a line names them.

Each line in is a JSON list of paths; each line out the seconds that they took, and the process's peak memory in MB.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Take turns with the other stages."""
    do = STAGES[sys.argv[1]]()
    for line in sys.stdin:
        pages = [(Path(path).name, Path(path).read_bytes()) for path in json.loads(line)]
        gc.collect()
        begun = time.perf_counter()
        for name, source in pages:
            do(name, source)
        took = time.perf_counter() - begun
        print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]), flush=True)


def whole() -> Callable[[str, bytes], object]:
    """The whole reading, as `hemicycle read --flat` does it."""
    from hemicycle.reader.flat import flat
    from hemicycle.reader.reading import read

    return lambda name, source: flat(read(source, name=name))


def article() -> Callable[[str, bytes], object]:
    """The page laid open: the article and its furniture."""
    from hemicycle.reader.page import open_page

    return lambda name, source: open_page(source, name=name)


def trafilatura() -> Callable[[str, bytes], object]:
    """What others do with the page."""
    from trafilatura import extract

    return lambda _name, source: extract(source)


STAGES = {"whole": whole, "article": article, "trafilatura": trafilatura}

if __name__ == "__main__":
    main()
