"""Dirt as offices really send it, planted on purpose so that a reader can be held against the truth.

Each fault names the findings of which one must be found and the verdict a right reading ends with. A row that
is not planted is clean: its marks agree with each other and every cell can be read in one way only.
"""
