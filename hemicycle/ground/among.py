"""Rows among many: the condition that a column holds one of thousands of keys, sent as one parameter.

`IN` with a place for each key costs more to compose, in Django and in the driver, than to answer.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models


def among(column: str, keys: Iterable[int], vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the condition that a column holds one of these whole numbers, and its one parameter."""
    if vendor == "postgresql":
        return f"{column} = ANY(%s::bigint[])", (list(keys),)
    return f"{column} IN (SELECT value FROM json_each(%s))", (json.dumps(list(keys)),)  # noqa: S608  # Our own columns.


class Among(models.Lookup[Any]):
    """The same in a query: `Directive.objects.filter(Among("pk", keys))`."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, name: str, keys: Iterable[int]) -> None:
        super().__init__(models.F(name), list(keys))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition with what the column itself takes.

        Raises:
            EmptyResultSet: there are no keys, so Django need not ask.
        """
        if not self.rhs:
            raise EmptyResultSet
        column, taken = self.process_lhs(compiler, connection)
        condition, keys = among(column, self.rhs, connection.vendor)
        return condition, (*taken, *keys)
