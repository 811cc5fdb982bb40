"""Partnerships, the agencies that belong to them, and the people who work for those agencies."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from partners.vocabulary import AgencyKind, Role


class Partnership(models.Model):
    """A Community Safety Partnership: the body that made the promises."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    # Shown on every page: nobody may take invented cases for real ones, or the other way round.
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A body that takes part in one or more partnerships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_known")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An agency's place in a partnership. Signatories are bound by the partnership's promises."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        ordering = ["agency__name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "agency"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.agency} in {self.partnership}"


class Neighbourhood(models.Model):
    """A part of a partnership's area that has meetings and news of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day; empty while it goes on")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "partnership", Lower("name"), condition=Q(valid_to__isnull=True), name="neighbourhood_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="neighbourhood_named"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="neighbourhood_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """E-mail addresses are typed in any case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff of some agency. What she may do comes from her postings, never from this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    # Where the person works, once `selectors.desks_of` has looked it up for this request.
    desks: tuple[Any, ...] | None = None

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A person's role for an agency in a partnership, from a time until a time. Leaving ends it at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="postings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=Role)
    starts_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="posting_role_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("starts_at")),
                name="posting_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "membership", "role"], condition=Q(ends_at__isnull=True), name="posting_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.pk})"
