"""Codes with facts become sentences: findings of the roster, reasons of cover, deeds of the audit."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from payung.doors.web import figures
from payung.doors.web.law_words import PAYERS
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import PLAN_REASONS
from payung.doors.web.vocabulary_deeds import DEEDS
from payung.doors.web.vocabulary_privacy import PURPOSES
from payung.office.coverage.queries import Reason
from payung.office.enrolment.elsewhere import OtherPayer
from payung.office.files.queries import FoundFault
from payung.rules.months import Month
from payung.rules.roster.sentences import sentence, title
from payung.rules.roster.vocabulary import title_of

MARK = re.compile(r"\d(?:[ .\-']?\d){8,}")
"""Nine digits or more, however they are broken up: a NIK, a KK, a KPJ or a telephone."""

COVER_REASONS: Mapping[str, str] = {
    "no_spell": word("Orang ini belum pernah masuk daftar yang diterapkan."),
    "spell_ended": word("Perlindungan menurut {agreement} berakhir {month}."),
    "spell_starts_later": word("Perlindungan menurut {agreement} baru mulai {month}."),
    "spell": word("Sejak {from}, {payer} menanggung iurannya dari {fund}, menurut {agreement}."),
    "before_agreement": word("Perjanjian baru berlaku {day}."),
    "nothing_posted": word("Belum ada iuran yang terbukti diposting BPJS. Tanpa bukti, perlindungan baru rencana."),
    "first_posted": word("Iuran pertama yang terbukti adalah {month}; perlindungan dihitung sejak {day}."),
    "began_again": word("Sebelum {month} iurannya terputus; masa kepesertaan dihitung lagi sejak itu."),
    "opening_list": word("Menurut daftar awal ia peserta sejak {day}, dan iurannya lunas sampai {month}."),
    "month_posted": word("Iuran {month} terbukti diposting BPJS."),
    "last_posted": word(
        "Iuran terakhir yang terbukti adalah {month}. Masa tenggang {grace_months} bulan, sampai {until}."
    ),
    "employer_pays_first": word(
        "Setelah masa tenggang, pemberi kerja membayar dulu manfaatnya, lalu meminta ganti setelah tunggakan lunas."
    ),
}
FACTS_THAT_ARE_MONTHS = ("month", "from")


def finding_sentence(fault: FoundFault, language: str) -> str:
    """What was read, why it does not fit and what to do; the middle of long numbers is hidden."""
    told = {"value": fault.value or None, "suggestion": fault.suggestion or None}
    text = sentence(fault.code, fault.params, language, **told)
    return MARK.sub(lambda found: figures.masked(found[0]), text)


def finding_column(fault: FoundFault, language: str) -> str:
    """The column as the sheet names it, with its letter: "NIK (C)"."""
    named = title_of(fault.field, language) if fault.field else ""
    letter = f"({fault.column})" if named and fault.column else fault.column
    return f"{named} {letter}".strip()


def plan_reason(code: str, language: str) -> str:
    """Why somebody stands where he stands in a plan: a reason of the plan, or the finding behind it."""
    if code in PLAN_REASONS:
        return t(PLAN_REASONS[code].text)
    return title(code, language)


def cover_reason(reason: Reason) -> str:
    """One step of the answer to "covered, and why"."""
    facts = {
        name: figures.short_month(value) if name in FACTS_THAT_ARE_MONTHS and isinstance(value, date) else value
        for name, value in reason.facts.items()
    }
    return t(COVER_REASONS[reason.code], **facts)


def deed_note(detail: Mapping[str, Any]) -> str:
    """Why it was done, where a purpose was told."""
    purpose = t(PURPOSES[detail["purpose"]]) if detail.get("purpose") in PURPOSES else ""
    return ": ".join(filter(None, (purpose, str(detail.get("note") or ""))))


def deed(code: str) -> str:
    """A deed of the audit in words; one of an earlier release that is none any more is shown by its code."""
    return t(DEEDS[code]) if code in DEEDS else code


def payer_elsewhere(payer: OtherPayer) -> tuple[str, str]:
    """The kind of fund and the months of a payer in another government, in words."""
    first = Month.of(payer.from_month)
    if payer.until_month is None:
        return t(PAYERS[payer.fund_kind]), t("sejak {month}", month=first)
    return t(PAYERS[payer.fund_kind]), t("{first} sampai {last}", first=first, last=Month.of(payer.until_month))
