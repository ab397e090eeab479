"""Why somebody looks at full identity marks. There is no look without a purpose, and none that is not recorded."""

from datetime import datetime
from enum import Enum

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.rules.identity.hiding import hide_marks

NOTE_LENGTH = 200


class Purpose(Enum):
    """What a look may be for (UU 27/2022 art. 16 and 27: a stated purpose, and no more than it needs)."""

    CORRECT_DATA = "correct_data"
    BPJS = "bpjs"
    CLAIM = "claim"
    PERSON_ASKED = "person_asked"
    INSPECTION = "inspection"
    RETURN_FINDINGS = "return_findings"
    OTHER = "other"


class PurposeMissing(Exception):
    """The purpose `other` needs a note that says which."""


def record_look(*, subject: str, purpose: Purpose, note: str, by: User, at: datetime) -> None:
    """Record that these marks are opened, before they are shown. Marks typed into the note are hidden.

    Raises NotAllowed, and PurposeMissing when the purpose says nothing.
    """
    require(by, Deed.SEE_MARKS)
    told = hide_marks(" ".join(note.split()))[:NOTE_LENGTH]
    if purpose is Purpose.OTHER and not told:
        raise PurposeMissing
    record("see_marks", subject=subject, by=by, at=at, detail={"purpose": purpose.value, "note": told})
