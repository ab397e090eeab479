"""The part of a request's page on which its corrections are proposed, shown with old and new value, and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.doors.web import figures
from payung.doors.web.deciding import Deciding, deciding
from payung.doors.web.translation import t
from payung.doors.web.vocabulary import Meaning
from payung.doors.web.vocabulary_privacy import CORRECTION_FIELDS, CORRECTION_STATES
from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.privacy.corrections import SEALED, told
from payung.office.privacy.models import Correction, Request


@dataclass(frozen=True)
class Shown:
    """One correction as its page shows it; `deciding` is None for one that was decided."""

    correction: Correction
    field: str
    old: str
    new: str
    state: Meaning
    deciding: Deciding | None


def corrections(found: Request, *, user: User, whole: bool) -> Sequence[Shown]:
    """The corrections of a request, the newest first; numbers masked unless `whole`, which is a look to be recorded."""
    made = Correction.objects.filter(request=found).select_related("proposal__made_by", "proposal__decided_by")
    return [_shown(one, user=user, whole=whole) for one in made.order_by("-pk")]


def _shown(correction: Correction, *, user: User, whole: bool) -> Shown:
    values, proposal = told(correction), correction.proposal
    return Shown(
        correction=correction,
        field=t(CORRECTION_FIELDS[correction.field]),
        old=_text(correction.field, values.old, whole=whole),
        new=_text(correction.field, values.new, whole=whole),
        state=CORRECTION_STATES[proposal.state],
        deciding=deciding(proposal, version=proposal.version, user=user) if proposal.state == Proposal.OPEN else None,
    )


def _text(field: str, value: str | None, *, whole: bool) -> str:
    if not value:
        return figures.NOTHING
    if field in SEALED:
        return value if whole else figures.masked(value)
    if field == "sex":
        return t("laki-laki") if value == "L" else t("perempuan")
    return figures.short_date(date.fromisoformat(value)) if field == "birth_date" else value
