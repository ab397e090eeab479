"""Whether the chains of a government hold, asked from within: walked, and the heads kept as a deed of the audit."""

from dataclasses import dataclass
from datetime import datetime

from payung.office.access import chain as audit
from payung.office.access.actions import record
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.ledger import chain as ledger
from payung.office.places.queries import Area

DEED = "verify_chains"


@dataclass(frozen=True)
class Chain:
    """One chain as it was walked: how many links, its head as it is written down elsewhere, and its first fault."""

    links: int
    head: str
    fault: str
    position: int | None


@dataclass(frozen=True)
class Verified:
    """The last walk: when, by whom, and what it found."""

    at: datetime
    by: str
    events: Chain
    journals: Chain

    @property
    def holds(self) -> bool:
        return not (self.events.fault or self.journals.fault)


def verify(*, area: Area, by: User, at: datetime) -> bool:
    """Walk the audit and the ledger of a government; whether both hold. Seconds for a million links.

    Recorded with the heads it found. Raises NotAllowed, also for whoever sees only a part of the government.
    """
    require(by, Deed.SEE_HISTORY)
    if area.opd_ids is not None:
        raise NotAllowed("rantai hanya diperiksa oleh yang melihat seluruh pemerintah daerah")
    own = area.government.pk
    events = next((one for one in audit.walk_seen() if one.chain == own), None)
    journals = next((one for one in ledger.walk_seen() if one.government_id == own), None)
    told = {
        "events": events.links if events else 0,
        "journals": journals.journals if journals else 0,
        "heads": [f"{own}:{one.position}:{one.link}" if one else "" for one in (events, journals)],
        "faults": [one.broken.fault if one and one.broken else "" for one in (events, journals)],
        "positions": [one.broken.position if one and one.broken else None for one in (events, journals)],
    }
    record(DEED, subject=f"government:{own}", by=by, at=at, detail=told)
    return not any(one.broken for one in (events, journals) if one)


def last_verified(government_id: int) -> Verified | None:
    """What the newest walk found; None when nobody walked yet, or what it found was emptied."""
    walks = AuditEvent.objects.filter(government_id=government_id, deed=DEED, redacted_at__isnull=True)
    event = walks.select_related("by").order_by("-at", "-pk").first()
    if event is None:
        return None
    told = event.detail
    links = (told["events"], told["journals"])
    events, journals = (
        Chain(*one) for one in zip(links, told["heads"], told["faults"], told["positions"], strict=True)
    )
    return Verified(event.at, event.by.full_name if event.by else "", events, journals)
