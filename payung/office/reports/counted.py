"""Questions about what was counted, and by what it can be narrowed."""

from datetime import datetime

from payung.office.agreements.models import Fund
from payung.office.reports.models import CountedMonth
from payung.rules.months import Month


def counted_months(government_id: int) -> dict[Month, datetime]:
    """Month -> when it was last counted, the newest month first."""
    found = CountedMonth.objects.filter(government_id=government_id).order_by("-month")
    return {Month.of(month): at for month, at in found.values_list("month", "counted_at")}


def funds_of(government_id: int) -> dict[int, str]:
    """Fund -> its name."""
    return dict(Fund.objects.filter(government_id=government_id).values_list("pk", "name"))
