"""What stood before Payung: members of an opening list, since when, and through which month all is paid."""

from django.db import models

from payung.office.places.models import Government
from payung.office.registry.models import Membership


class PaidBefore(models.Model):
    """An opening list says of a member: since which day, and through which month the contributions stood paid.

    Those months are proved by the list and billed by nobody.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT)
    plan = models.ForeignKey("enrolment.Plan", on_delete=models.PROTECT, db_index=False)
    since_day = models.DateField()
    until_month = models.DateField()
    recorded_at = models.DateTimeField()
