"""Accounts and journals: append-only, balanced by the database; knows nothing else of the office.

Words: a *journal* is one event in money, a set of *entries* that sum to zero (debit positive, credit negative);
its *key* comes from the caller and makes a repeat harmless. Only this room touches its tables: others call
`ledger.actions.post`.
"""
