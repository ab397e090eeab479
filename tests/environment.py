"""Loaded before Django's settings: the tests have a data folder, and so keys, of their own."""

import os
import tempfile

os.environ.setdefault("PAYUNG_DATA", tempfile.mkdtemp(prefix="payung-tests-"))
