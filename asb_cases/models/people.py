"""People and what they are in a case.

Names are in a table of their own, ways to reach people in another: who may see a case need not see an address.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from asb_cases.models.intake import Case
from asb_cases.vocabulary import PartyRole, RiskBand


class Person(models.Model):
    """Somebody who reported, was harmed, or saw or heard it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=~Q(family_name=""), name="person_named")]

    def __str__(self) -> str:
        return f"Person {self.pk}"

    @property
    def short_name(self) -> str:
        """How she is spoken of: "Ms Khan", without a title "Amira Khan"."""
        return " ".join(filter(None, [self.title or self.given_name, self.family_name]))

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.title, self.given_name, self.family_name]))


class ContactDetails(models.Model):
    """How to reach a person, and how not to."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="contact_details")
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    may_write = models.BooleanField(default=True, help_text="Letters, texts and e-mails are safe for the person")
    safe_contact = models.CharField(max_length=300, blank=True, help_text="When and how contact is safe")

    class Meta:
        verbose_name_plural = "contact details"

    def __str__(self) -> str:
        return f"Contact details of {self.person_id}"

    @property
    def writable(self) -> bool:
        """Whether something written can reach the person safely."""
        return self.may_write and bool(self.email or self.address or self.telephone)

    @property
    def contactable(self) -> bool:
        return bool(self.telephone or self.email or self.address)


class Party(models.Model):
    """A person in a case. Its id is what the ledger and the clocks mean by "about"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parties")
    roles = ArrayField(models.CharField(max_length=10, choices=PartyRole))
    risk = models.CharField(max_length=10, choices=RiskBand, blank=True, help_text="Empty until assessed")

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="party_once"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=PartyRole.values) & Q(roles__len__gte=1), name="party_roles_known"
            ),
            models.CheckConstraint(condition=Q(risk__in=["", *RiskBand.values]), name="party_risk_known"),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"

    @property
    def roles_words(self) -> str:
        """ "Victim, reporter"."""
        return ", ".join(PartyRole(role).label for role in self.roles).capitalize()
