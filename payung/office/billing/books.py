"""The verb of the books: close them through a day."""

from datetime import date, datetime

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing.receipts import in_turn
from payung.office.ledger.actions import close
from payung.office.places.models import Government
from payung.office.places.scope import whole_government


def close_books(*, government: Government, through: date, by: User, at: datetime) -> None:
    """Nothing more is booked on `through` or before; what is told later is booked on the day after.

    Raises NotAllowed, and PeriodClosed when the books are closed through that day already.
    """
    with whole_government(government, by=by):
        require(by, Deed.CLOSE_PERIOD)
        in_turn(government.pk)
        close(government_id=government.pk, through=through, at=at)
        record("close_books", subject=f"government:{government.pk}", by=by, at=at, detail={"through": str(through)})
