"""Loaded before Django's settings: the tests have a data folder, and so keys, of their own."""

import os
import tempfile

# The offices of the tests sign in by password alone, unless a test asks for more.
os.environ.setdefault("PAYUNG_SECOND_FACTOR_ROLES", "")
os.environ.setdefault("PAYUNG_DATA", tempfile.mkdtemp(prefix="payung-tests-"))
