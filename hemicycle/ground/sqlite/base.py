"""SQLite as Hemicycle uses it. (The gate is built here.)"""

from django.db.backends.sqlite3.base import DatabaseWrapper

__all__ = ["DatabaseWrapper"]
