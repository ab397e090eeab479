"""Accounts, journals, entries, closings. Balance, order and immutability are kept by triggers (see the migrations)."""

from django.db import models


class Account(models.Model):
    """A place where rupiah stand. `government` is that government's id; the ledger knows no more of it."""

    government = models.BigIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="account_once")]


class Journal(models.Model):
    """One event. The same key posts once. A journal that `reverses` another mirrors it, entry by entry, once."""

    government = models.BigIntegerField()
    key = models.CharField(max_length=120)
    booked_on = models.DateField()
    memo = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "key"], name="journal_key_once")]


class Entry(models.Model):
    """Debit positive, credit negative; a journal's entries sum to zero at commit."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    amount_rupiah = models.BigIntegerField()


class JournalLink(models.Model):
    """A journal's place in its government's hash chain (see `chain`); written by the database alone."""

    chain = models.BigIntegerField()
    position = models.BigIntegerField()
    journal_id = models.BigIntegerField(unique=True)
    link = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="journal_position_once")]


class Closing(models.Model):
    """From now on nothing is booked on `through` or an earlier day. Closings only move forward."""

    government = models.BigIntegerField()
    through = models.DateField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "through"], name="closing_once")]
