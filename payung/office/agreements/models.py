"""Agreements, funds, budget lines; decrees (SK) with their slots, entries and amendments."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from payung.office.access.models import User
from payung.office.agreements.paper_models import WAGE_BASES
from payung.office.approvals.models import Proposal
from payung.office.files.models import Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Person

_DAYS = Func(F("from_day"), F("until_day"), Value("[]"), function="daterange")
FUND_KINDS = ("APBN", "APBD", "APBDES", "DBHCHT", "TPP", "CSR", "BAZNAS", "self", "employer")


class Agreement(models.Model):
    """A PKS, nota kesepakatan or circular in force from a day; the ground on which people are enrolled.

    What a later paper changes stands in its addenda; `queries.terms_of` says what holds in a month. `parties` are
    offices with their posts, no names. `warn_days` before its end the office is warned.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    membership_class = models.CharField(max_length=3)
    programmes = ArrayField(models.CharField(max_length=3))
    wage_base = models.CharField(max_length=12)
    # The place whose minimum wage counts ("32" for an UMP, "32.73" for an UMK); empty otherwise.
    wage_base_place = models.CharField(max_length=5, default="")
    wage_nominal_rupiah = models.BigIntegerField(null=True)
    # A frozen base keeps the value of this month; otherwise the table is followed each January.
    wage_base_frozen_at = models.DateField(null=True)
    jkk_group = models.SmallIntegerField(default=1)
    parties = ArrayField(models.CharField(max_length=200), default=list)
    quota = models.PositiveIntegerField(null=True)
    warn_days = models.PositiveSmallIntegerField(default=90, db_default=90)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="agreement_number_once"),
            models.CheckConstraint(condition=Q(wage_base__in=WAGE_BASES), name="wage_base_known"),
            models.CheckConstraint(
                condition=~Q(wage_base="nominal") | Q(wage_nominal_rupiah__isnull=False),
                name="nominal_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="agreement_ends_after_start",
            ),
        ]


class Fund(models.Model):
    """Money of one kind: what the law calls the payer."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "kind", "name"], name="fund_once"),
            models.CheckConstraint(condition=Q(kind__in=FUND_KINDS), name="fund_kind_known"),
        ]


class BudgetLine(models.Model):
    """A part of a fund for one year, with its ceiling and the heads it was budgeted for."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    year = models.SmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    ceiling_rupiah = models.BigIntegerField()
    heads = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "opd", "year", "code"], name="budget_line_once")]


class LawReading(models.Model):
    """How a doubtful rule of the law is read from a contribution month on, and who confirmed it. Replaced, never
    changed; what nobody confirmed is read as `rules/law/readings.toml` says."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    reading = models.CharField(max_length=40)
    option = models.CharField(max_length=40)
    from_month = models.DateField()
    # The branch and the number of its letter, on which the office relies; no person's name.
    confirmed_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "reading", "from_month"],
                condition=Q(replaced_at__isnull=True),
                name="one_reading_from_a_month",
            ),
            models.CheckConstraint(condition=Q(from_month__day=1), name="reading_from_a_first_day"),
            models.CheckConstraint(condition=~Q(confirmed_by=""), name="reading_confirmed_by_somebody"),
        ]


class Decree(models.Model):
    """A decree (SK) that names vulnerable workers under an agreement. Its papers are its amendments, with the first.

    `opd` keeps the list. `quota` is the most people on any day; with `quota_by` the slots are shared out among
    kecamatan, desa or segments. `priority` orders those who wait.
    """

    QUOTA_BY = ("", "kecamatan", "desa", "segment")
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    quota = models.PositiveIntegerField()
    quota_by = models.CharField(max_length=10, default="")
    priority = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "title"], name="decree_title_once"),
            models.CheckConstraint(condition=Q(effective_from__day=1), name="decree_starts_with_a_month"),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="decree_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(quota_by__in=["", "kecamatan", "desa", "segment"]), name="quota_by_known"
            ),
        ]


class Slot(models.Model):
    """One place of a decree, numbered up to its quota (trigger).

    `share` reserves it for a kecamatan, desa or segment; empty is open to all.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    share = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "number"], name="slot_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="slot_counted_from_one"),
        ]


class Amendment(models.Model):
    """What a paper changes in a decree's list: sequence 0 is the decree itself.

    In force once, after approval (trigger). Like a plan it is one version of its proposal.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT)
    sequence = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=100)
    signed_on = models.DateField()
    effective_from = models.DateField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    in_force_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "sequence"], name="amendment_sequence_once"),
            models.UniqueConstraint(fields=["proposal", "version"], name="amendment_version_once"),
            models.CheckConstraint(condition=Q(effective_from__day=1), name="amendment_starts_with_a_month"),
        ]


class AmendmentItem(models.Model):
    """One line of an amendment: somebody of a row takes a slot from a day, or somebody's entry ends on a day."""

    ADD, END = "add", "end"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT)
    kind = models.CharField(max_length=3)
    reason = models.CharField(max_length=20)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_index=False)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    segment = models.CharField(max_length=40, null=True)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="add", from_day__isnull=False)
                | Q(kind="end", from_day__isnull=True, until_day__isnull=False, person__isnull=False),
                name="item_adds_or_ends",
            ),
            models.UniqueConstraint(fields=["amendment", "kind", "slot"], name="item_once_a_slot"),
        ]


class Entry(models.Model):
    """A person in a slot from a day to a day. Replaced, never changed; who follows is the slot's next entry.

    One person at a time in a slot, and one slot at a time for a person: so the quota holds on every day.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, db_index=False)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    segment = models.CharField(max_length=40, null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, default="")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, db_index=False, related_name="+")
    ended_by = models.ForeignKey(Amendment, on_delete=models.PROTECT, db_index=False, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_person_per_slot",
                index_type="gist",
                expressions=[(F("slot"), RangeOperators.EQUAL), (_DAYS, RangeOperators.OVERLAPS)],
                condition=Q(replaced_at__isnull=True),
            ),
            ExclusionConstraint(
                name="one_slot_per_person",
                index_type="gist",
                expressions=[
                    (F("decree"), RangeOperators.EQUAL),
                    (F("person"), RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")), name="entry_not_empty"
            ),
        ]
