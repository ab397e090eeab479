"""Logs without identity marks: whatever is logged, marks are hidden when it is put into words."""

import logging

from payung.rules.identity.hiding import hide_marks


class WithoutMarks(logging.Formatter):
    """A formatter that hides marks in the whole record: message, arguments, and the error's own words."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in words, marks hidden."""
        return hide_marks(super().format(record))
