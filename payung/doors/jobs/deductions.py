"""The worker's round of sponsorship: on its day each month's deduction lists are fixed, in nobody's name."""

import logging
from datetime import datetime

from payung.office.places.models import Government
from payung.office.places.scope import coming_from
from payung.office.sponsorship.lists import fix_due
from payung.rules.law.figures import LawError

logger = logging.getLogger(__name__)


def fix_deductions(*, at: datetime) -> int:
    """Every government's lists whose day has come; a government where the law has no answer waits alone."""
    made = 0
    with coming_from("payung worker"):
        for government in Government.objects.order_by("pk"):
            try:
                made += fix_due(government=government, at=at)
            except LawError as unanswered:
                logger.error("deduction lists of %s are not fixed: %s", government.code, unanswered)
    return made
