"""What a command says when something outside the program is wrong: the database, the disk, a setting, a refusal."""

import errno

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from hemicycle.command import Stop
from hemicycle.ground.config import BadSetting


def told(error: Exception) -> Stop | None:
    """Return the sentence for an error that an operator can mend; None for a mistake in the program."""
    if isinstance(error, Stop):
        return error
    if isinstance(error, BadSetting | ImproperlyConfigured):
        return Stop(str(error), 2)
    if apps.ready:  # Before that no act can have refused, and the journal cannot be loaded.
        from hemicycle.journal.act import Refused

        if isinstance(error, Refused):
            return Stop(error.sentence)
    if isinstance(error, DatabaseError | InterfaceError):
        return told_of_database(error)
    if isinstance(error, OSError):
        return told_of_disk(error)
    return None


def told_of_database(error: Exception) -> Stop | None:
    """Return what to do about a database that cannot be used."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if isinstance(error, ProgrammingError) or "no such table" in said:
        return Stop(
            f"The database is not ready ({said}). “bin/hemicycle migrate” makes its tables; nothing was changed."
        )
    if isinstance(error, OperationalError | InterfaceError):
        return Stop(f"The database cannot be used now ({said}). Look at DATABASE_URL and whether the server runs.")
    return None


def told_of_disk(error: OSError) -> Stop | None:
    """Return what to do about a file or folder that cannot be used."""
    where = f" {error.filename}" if error.filename else ""
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Stop(f"May not write or read{where}. Change its owner, or name another folder with HEMICYCLE_DATA.")
        case errno.ENOSPC | errno.EDQUOT:
            return Stop("The disk is full. Nothing that was acknowledged is lost; make room and try again.")
        case errno.ENOENT | errno.ENOTDIR | errno.EISDIR:
            return Stop(f"There is no such file:{where}.", 2)
        case errno.EADDRINUSE:
            return Stop("The port is taken by another program. Choose another with --port.")
    return None
