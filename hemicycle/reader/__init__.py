"""A published report in, a structured reading with pointers out: a pure library without Django, clock or network."""

from hemicycle.reader.flat import flat
from hemicycle.reader.reading import read

__all__ = ["flat", "read"]
