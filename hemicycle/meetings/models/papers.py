"""What is put before a meeting, and what was sent on by mail."""

from typing import ClassVar

from django.db import models

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Document(models.Model):
    """What is put before a meeting, in versions. Its files are the versions'."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="documents")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, related_name="documents")
    ordinal = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PARTICIPANTS)

    class Meta:
        ordering = ("meeting", "ordinal")
        constraints = (models.UniqueConstraint(fields=("meeting", "ordinal"), name="document_ordinal_once"),)

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """A published version of a document, which never changes: its file is known by its digest."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    file = models.FileField(upload_to="documents/%Y/%m")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    handed_out = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="document_version_once"),)

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class MailPosition(models.Model):
    """How far the mailer has read a book, and until when one mailer keeps it to itself. Not an act: news sent on."""

    book = models.OneToOneField("journal.Book", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    held_until = models.DateTimeField(null=True)

    outside_the_book: ClassVar[str] = "It is where a reader of the book stands."

    def __str__(self) -> str:
        return f"mail of {self.book} up to {self.number}"


class MailSent(models.Model):
    """A summons that went to a person by mail, or was refused by the mail server, so that nothing is sent twice."""

    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    refused = models.BooleanField(default=False)

    outside_the_book: ClassVar[str] = "Sending on the news of an act is none."

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "person"), name="mail_sent_once"),)

    def __str__(self) -> str:
        return f"mail {self.pk}"
