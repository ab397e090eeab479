"""One installation: its data folder, its keys, its database. Made on first run, found again on the next.

Nothing here knows an office's work; the command line and the tests use it to have a place to stand.
"""
