"""Duties under the law on personal data (UU 27/2022) that go across all rooms.

Words: a *request* is what a person (or an heir) may demand: access, correction, erasure, each with its clock of
3 x 24 hours; a *rule of retention* says how long what is kept, and why; *resealing* puts every sealed mark under
the newest key. Asks every room how its fields are sorted (`personal.py`); stands last, for it reads them all.
"""
