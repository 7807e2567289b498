"""Fuzz the reader: PYTHONPATH=. python hemicycle/reader/tests/fuzz.py FOLDER -max_total_time=600 (needs atheris).

FOLDER holds inputs to begin with and those that reach new code; each begins with one byte that says of what kind it is.
Without inputs the pages of the corpus are laid there first. What brings the reader down is kept in bad_pages.py.
It is run as a file, so that atheris sees the reader being imported.
"""

import sys
from pathlib import Path

KINDS = ("page.txt", "page.html", "page.md", "page.pdf", "page.docx", "page")
CORPUS = Path(__file__).with_name("corpus") / "seen"


def main() -> None:
    """Lay the pages of the corpus into the folder and fuzz."""
    import atheris

    with atheris.instrument_imports(include=["hemicycle.reader"]):
        from hemicycle.reader.tests.test_bad_pages import told

    def one(source: bytes) -> None:
        if source:
            told(source[1:], KINDS[source[0] % len(KINDS)])

    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for page in CORPUS.iterdir() if not any(folder.iterdir()) else ():
        if (name := f"page{page.suffix}") in KINDS:
            (folder / page.name).write_bytes(bytes([KINDS.index(name)]) + page.read_bytes())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
