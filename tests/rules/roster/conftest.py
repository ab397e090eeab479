"""Property tests here are given time: the first example of each reads tables, and the machine may be busy."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
