"""The books and their entries. Nothing here is ever changed or deleted; triggers in the database see to it.

One thing only may be taken away: an entry's facts with their salt, where the law asks for it (`erasable`).
"""

import json
import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.db import models

from hemicycle.journal.canonical import NO_DIGEST


class Book(models.Model):
    """The numbered entries of one body or unit, of a body's archive, or of the installation (its noun says which)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    noun = models.CharField(max_length=16)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    head_number = models.PositiveBigIntegerField(default=0)
    head_digest = models.CharField(max_length=64, default=NO_DIGEST)
    head_recorded_at = models.DateTimeField(null=True)

    # The head moves with every entry and is proved by the chain, not by covering it.
    uncovered: ClassVar[frozenset[str]] = frozenset({"head_number", "head_digest", "head_recorded_at"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=("noun", "slug"), name="book_address_once"),)

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One act, as the book keeps it. The digest is over the header; the facts are in it by their salted digest."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    happened_as = models.CharField(max_length=12)
    happened_from = models.DateTimeField(null=True)
    happened_to = models.DateTimeField(null=True)
    happened_reason = models.CharField(max_length=500, blank=True)
    actor_name = models.CharField(max_length=200)
    actor_capacity = models.CharField(max_length=200)
    actor_body = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    subjects = models.JSONField()
    access = models.CharField(max_length=16)
    scope = models.CharField(max_length=60, blank=True)
    # The canonical text itself, so that no database can reshape it. Null once erased by law.
    facts_text = models.TextField(null=True)
    salt = models.CharField(max_length=32, null=True)
    facts_digest = models.CharField(max_length=64)
    rows = models.JSONField()
    rows_salt = models.CharField(max_length=32)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    # The form that asked for this act: the same form posted twice does nothing twice.
    once = models.CharField(max_length=64, null=True)

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("facts_text", "salt")
    outside_the_book: ClassVar[str] = "It is the book."

    class Meta:
        ordering = ("book", "number")
        constraints = (
            models.UniqueConstraint(fields=("book", "number"), name="entry_number_once_per_book"),
            models.UniqueConstraint(fields=("book", "once"), name="entry_once_per_form"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="entry_numbers_from_one"),
        )
        indexes = (models.Index(fields=("kind", "book"), name="entry_by_kind"),)

    def __str__(self) -> str:
        return f"{self.book_id}:{self.number} {self.kind}"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts of the act; empty when they were erased by law."""
        return json.loads(self.facts_text) if self.facts_text else {}


class Subject(models.Model):
    """An index of entries by what they concern: a noun and its key, such as “ballot:17”."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="concerns")
    name = models.CharField(max_length=80)

    append_only: ClassVar[bool] = True
    outside_the_book: ClassVar[str] = "It repeats the subjects of the entries."

    class Meta:
        constraints = (models.UniqueConstraint(fields=("name", "entry"), name="subject_once_per_entry"),)

    def __str__(self) -> str:
        return self.name


class Checkpoint(models.Model):
    """A signed statement of a book's head: a chain whose tail was cut off no longer reaches it."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="checkpoints")
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    append_only: ClassVar[bool] = True
    outside_the_book: ClassVar[str] = "It is signed, and stands beside the book to prove it."

    class Meta:
        constraints = (models.UniqueConstraint(fields=("book", "number"), name="checkpoint_once_per_head"),)

    def __str__(self) -> str:
        return f"{self.book_id}:{self.number}"
