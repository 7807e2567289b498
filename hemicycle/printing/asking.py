"""Asking for a PDF: the same question about the same stand of the book is answered by the same file."""

from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

from hemicycle.journal.canonical import digest
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book
from hemicycle.printing.models import PrintJob
from hemicycle.printing.tasks import make


def ask_for(
    maker: str,
    arguments: dict[str, Any],
    *,
    book: int | None,
    person: int | None,
    title: str,
    file_name: str,
    back: str = "",
    language: str = "",
) -> PrintJob:
    """Return the job that makes this for a person, as their book stands now; it is begun once.

    It is begun anew if it failed, or if what it made is not there any more.
    `maker` names a function of `arguments`, a function to report progress to, and the file to write. Without a book
    it is of something that never changes; without a person it is for everybody.
    """
    spoken = language or get_language() or "en"
    key = key_of(maker, arguments, book=book, person=person, language=spoken)
    with transaction.atomic():
        job, begun = PrintJob.objects.get_or_create(
            key=key,
            defaults={
                "maker": maker,
                "arguments": arguments,
                "title": title,
                "file_name": file_name,
                "language": spoken,
                "person_id": person,
                "back": back,
                "asked": now(),
            },
        )
        undone = Q(made=job.made) if lost(job) else ~Q(failed="")
        again = PrintJob.objects.filter(undone, pk=job.pk).update(failed="", begun=None, done=0, made=None)
        if begun or again:
            transaction.on_commit(partial(make.enqueue, job.pk))
    return job


def asked_before(
    maker: str, arguments: dict[str, Any], *, book: int | None, person: int | None, language: str
) -> PrintJob | None:
    """Return the job that was begun for the same question, if one was and is not lost. Nothing is written."""
    key = key_of(maker, arguments, book=book, person=person, language=language)
    job = PrintJob.objects.filter(key=key).first()
    return None if job is None or lost(job) else job


def lost(job: PrintJob) -> bool:
    """Say whether what a job made is not there any more."""
    return job.made is not None and not default_storage.exists(job.file)


def key_of(maker: str, arguments: dict[str, Any], *, book: int | None, person: int | None, language: str) -> str:
    """Return what a question is known by, as the book stands now."""
    said: dict[str, Any] = {"maker": maker, "arguments": arguments, "person": person, "language": language}
    if book is not None:
        said |= {"book": book, "head": Book.objects.values_list("head_number", flat=True).get(pk=book)}
    return digest(said)
