"""Files that are kept: on the disk for good before anything names them."""

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


class DurableFiles(FileSystemStorage):
    """A folder of files. Each is on the disk, with every folder that leads to it, before its name is given."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Keep a file under this name, or the next that is free; return the name that it has."""
        saved = super().save(name, content, max_length)
        path, top = Path(self.path(saved)), Path(self.location)
        for part in (path, *(folder for folder in path.parents if folder.is_relative_to(top))):
            opened = os.open(part, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)
        return saved
