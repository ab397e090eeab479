"""Governments, OPD, payment units, areas."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from payung.office.access.models import User


class Government(models.Model):
    """A kota or kabupaten. `code` is Kemendagri's, with a dot: "32.73"."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=100)

    @property
    def province_code(self) -> str:
        return self.code[:2]


class Opd(models.Model):
    """Whoever pays for its people: an office of the government (dinas, badan, kecamatan, bagian, RSUD), or, when its
    unit is of kind `self`, workers who pay for themselves.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="opd_code_once")]


class PaymentUnit(models.Model):
    """What BPJS invoices: an NPP for wage earners, a group for BPU, or BPU who pay themselves (alone or in a group)."""

    NPP, GROUP, SELF = "npp", "group", "self"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=5, choices=[(NPP, NPP), (GROUP, GROUP), (SELF, SELF)])
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "number"], name="unit_number_once")]


class OpdUnit(models.Model):
    """Which unit invoices an OPD's people, from which month until which (both first days of months)."""

    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT)
    from_month = models.DateField()
    until_month = models.DateField(null=True)


class UserArea(models.Model):
    """What a user sees: the whole government, one OPD, one kecamatan or desa, or the own pledges alone.

    `village_code` is Kemendagri's, with dots: "32.73.02" (a kecamatan) or "32.73.02.1001" (a desa in it).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    village_code = models.CharField(max_length=13, null=True)
    own_pledges = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "government", "opd", "village_code", "own_pledges"],
                nulls_distinct=False,
                name="area_once",
            ),
            models.CheckConstraint(
                condition=Q(opd__isnull=True, village_code__isnull=True)
                | Q(opd__isnull=True, own_pledges=False)
                | Q(village_code__isnull=True, own_pledges=False),
                name="area_of_one_kind",
            ),
        ]


class OfficialFigure(models.Model):
    """One figure about a place from one letter, kept as it was published and never derived. Replaced, never changed.

    `place_code` is the government's own code or that of a kecamatan or desa in it. `heads` or `percent_hundredths`
    (1020 is 10.20 %), whichever was published. `definition` is what its source counts.
    """

    WORKERS, COVERED, PUBLISHED, HEALTH = "workers", "covered", "published", "health"
    PARTS = ("covered_pu", "covered_bpu", "covered_jakon")
    TARGETS = ("target_rpjmn", "target_rpjpd", "target_ucj", "target_other")
    KINDS = (WORKERS, COVERED, *PARTS, PUBLISHED, HEALTH, *TARGETS)
    ALL, FORMAL, INFORMAL = "all", "formal", "informal"
    SCOPES = (ALL, FORMAL, INFORMAL)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=14)
    scope = models.CharField(max_length=8)
    place_code = models.CharField(max_length=13)
    on_day = models.DateField()
    heads = models.BigIntegerField(null=True)
    percent_hundredths = models.IntegerField(null=True)
    letter = models.CharField(max_length=200)
    letter_on = models.DateField()
    definition = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(heads__gte=0, percent_hundredths__isnull=True)
                | Q(heads__isnull=True, percent_hundredths__gte=0),
                name="figure_of_one_unit",
            ),
            models.CheckConstraint(
                condition=Q(kind__startswith="covered", heads__isnull=False)
                | Q(kind="workers", heads__isnull=False)
                | Q(kind__startswith="target_", heads__isnull=True)
                | Q(kind="published", heads__isnull=True)
                | Q(kind="health"),
                name="figure_in_its_unit",
            ),
            models.CheckConstraint(condition=Q(scope__in=["all", "formal", "informal"]), name="figure_scope_known"),
            models.UniqueConstraint(
                fields=["government", "kind", "scope", "place_code", "on_day"],
                condition=Q(replaced_at__isnull=True),
                name="figure_in_force_once",
            ),
        ]


class Letterhead(models.Model):
    """How the papers of a government, or of one OPD, are headed and signed from a day on. Replaced, never changed.

    `lines` stand below the government's name: office, address, telephone. Who signs are officers, by post and name.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    from_day = models.DateField()
    lines = ArrayField(models.CharField(max_length=120), default=list)
    city = models.CharField(max_length=60)
    officer_post = models.CharField(max_length=100)
    officer_name = models.CharField(max_length=100)
    officer_number = models.CharField(max_length=30, default="")
    treasurer_post = models.CharField(max_length=100)
    treasurer_name = models.CharField(max_length=100)
    treasurer_number = models.CharField(max_length=30, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "opd", "from_day"],
                condition=Q(replaced_at__isnull=True),
                nulls_distinct=False,
                name="one_letterhead_from_a_day",
            )
        ]
