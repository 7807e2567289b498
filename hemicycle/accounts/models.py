"""Persons, and the accounts with which some of them sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Person(models.Model):
    """A human being known to the organisation; needs no account. Names are as of now, titles belong to posts."""

    name = models.CharField(max_length=200)
    # Names are sorted by this key, never by a database's collation.
    sort_name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    language = models.CharField(max_length=12, default="en")
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ("sort_name",)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their address, whatever its capitals, each with its person."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """The means by which a person signs in: an address and a password."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # Changing a password or signing in is no act of a body.
    uncovered: ClassVar[frozenset[str]] = frozenset({"password", "last_login"})

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="account_address_once"),)

    def __str__(self) -> str:
        return self.person.name


class Invitation(models.Model):
    """A way in for a person without a password: a code on a printed slip or a link by mail, used once.

    Of a code only the digest is kept; a mailed link is signed when it is sent.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)
    # The mailer's own notes: when it last took the letter up, and when the letter had gone.
    mail_tried_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    uncovered: ClassVar[frozenset[str]] = frozenset({"mail_tried_at", "mailed_at"})

    class Meta:
        indexes = (
            models.Index(
                fields=("made_at",),
                condition=models.Q(by_mail=True, mailed_at=None, used_at=None),
                name="invitation_to_mail",
            ),
        )

    def __str__(self) -> str:
        return f"invitation of {self.account}"


class Installation(models.Model):
    """What this installation is: one row, with the book in which accounts, keys and settings are recorded."""

    book = models.OneToOneField("journal.Book", on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    is_demo = models.BooleanField(default=False)
    founded = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_installation"),)

    def __str__(self) -> str:
        return self.name
