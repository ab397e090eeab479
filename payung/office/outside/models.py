"""Lists of others, and each of their rows beside whom the registry knows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.files.models import Reading, Row
from payung.office.places.models import Government
from payung.office.registry.models import Person


class OutsideList(models.Model):
    """A list of somebody else, as it was on a day. It names people of every OPD: seen by the whole government alone."""

    MEMBERS, POPULATION, DECILES, DEATHS = "members", "population", "deciles", "deaths"
    KINDS = (MEMBERS, POPULATION, DECILES, DEATHS)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    told_on = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["members", "population", "deciles", "deaths"]), name="outside_kind_known"
            )
        ]


class OutsideRow(models.Model):
    """One row beside the registry. `differs` names what the list has otherwise: name, birth_date, sex.

    `dead` when the list says so, `died_on` when it says when.
    """

    MATCHED, WAITS, UNKNOWN = "matched", "waits", "unknown"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    outside_list = models.ForeignKey(OutsideList, on_delete=models.PROTECT, db_index=False)
    row = models.OneToOneField(Row, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7)
    differs = ArrayField(models.CharField(max_length=10), default=list)
    dead = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    decile = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="matched", person__isnull=False)
                | Q(state__in=["waits", "unknown"], person__isnull=True),
                name="outside_row_matched_with_somebody",
            )
        ]
        indexes = [models.Index(fields=["outside_list", "state"], name="outside_row_state")]
