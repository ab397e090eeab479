"""Accounts, journals, entries. Balance and immutability are kept by triggers (see the migrations)."""

from django.db import models


class Account(models.Model):
    """A place where rupiah stand. `government` is that government's id; the ledger knows no more of it."""

    government = models.BigIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="account_once")]


class Journal(models.Model):
    """One event. The same key posts once."""

    government = models.BigIntegerField()
    key = models.CharField(max_length=120)
    booked_on = models.DateField()
    memo = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "key"], name="journal_key_once")]


class Entry(models.Model):
    """Debit positive, credit negative; a journal's entries sum to zero at commit."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    amount_rupiah = models.BigIntegerField()
