"""What the codes of the award file are called, on its paper and on its page."""

from payung.doors.papers.award_paper import Words
from payung.doors.papers.wording import Wording
from payung.office.reports.award import Award
from payung.rules.eligibility.segments import segment_codes, segment_title

MISSING = (
    "no_regulation", "no_agreement", "agreement_without_scan", "no_innovation", "nothing_posted", "line_without_paper",
    "line_without_fund", "december_not_counted", "no_official_figure", "no_claim_paid",
)  # fmt: skip


def words_in(language: str) -> Words:
    """The words in one language."""
    wording = Wording(language)

    def said(column: str, value: object) -> str:
        if column == "segment":
            code = str(value)
            known = code in segment_codes()
            return segment_title(code, wording.language) if known else wording.text("award", f"segment_{code.lower()}")
        if column == "scanned":
            return wording.text("award", "yes" if value else "no")
        return wording.text("award", f"{column}_{value}")

    return Words(said=said, missing={code: wording.text("award", f"missing_{code}") for code in MISSING})


def missing_said(found: Award, language: str) -> dict[str, list[str]]:
    """Part -> what is missing in it, in words."""
    words = words_in(language)
    return {part: [words.missing[code] for code in codes] for part, codes in found.missing.items()}
