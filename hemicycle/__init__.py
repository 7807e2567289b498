"""Hemicycle: a governing body decides, and nobody can quietly rewrite it."""

__version__ = "0.1.0"
