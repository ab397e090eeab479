"""Papers of a claim: what is missing, the letter of a decision, the data sheet for the branch, and "are we covered?".

All of them are our own; the official forms stay those of BPJS, and each paper says so.
"""

from datetime import date

from payung.doors.papers.claim_words import as_language, fact_said, kind_said, paper_said, reason_said
from payung.doors.papers.letterhead import letter_lines, place_and_date
from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, Signature
from payung.doors.papers.wording import Wording
from payung.office.claims.catalogue import facts as facts_asked
from payung.office.claims.covered import Family
from payung.office.claims.heirs import shares
from payung.office.claims.models import Assessment
from payung.office.claims.queries import Claim, Whole
from payung.office.places.models import Letterhead
from payung.rules.law.benefits.telling import component_name


def _paper(wording: Wording, government: str, key: str, subject: str, printed_on: date, **more: object) -> OfficePaper:
    printed = wording.text("page", "printed_on", day=wording.long_date(printed_on))
    return OfficePaper(
        language=wording.language,
        government=government,
        office="",
        title=wording.text("claim", f"{key}_title"),
        subject=subject,
        footer=f"{subject} · {printed}",
        **more,  # type: ignore[arg-type]  # the fields that each paper fills in
    )


def _about(whole: Whole, claim: Claim, wording: Wording) -> list[tuple[str, str]]:
    case = whole.case
    return [
        (wording.text("claim", "reference"), case.reference),
        (wording.text("bill", "name"), case.person.name),
        (wording.text("claim", "event"), wording.text("claim", f"event_{case.event}")),
        (wording.text("claim", "event_on"), wording.long_date(case.event_on)),
        (wording.text("claim", "kind"), kind_said(claim.kind.code, wording.language)),
    ]


def missing_paper(
    whole: Whole,
    claim: Claim,
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> OfficePaper:
    """What the family still has to bring, and where to get it."""
    wording = Wording(language)
    rows = [(str(number), *paper_said(paper, language)) for number, paper in enumerate(claim.judged.missing, start=1)]
    columns = [
        Column(wording.text("claim", "number"), 10),
        Column(wording.text("claim", "document")),
        Column(wording.text("claim", "where")),
    ]
    sheet = Sheet(wording.text("claim", "missing_list"), columns, rows)
    notes = [wording.text("claim", "missing_note"), wording.text("claim", "no_fee")]
    return _paper(
        wording, government_name, "missing", whole.case.reference, printed_on, facts=_about(whole, claim, wording),
        sheets=[sheet], notes=notes, letter=letter_lines(letterhead),
    )  # fmt: skip


def letter_paper(
    whole: Whole,
    claim: Claim,
    made: Assessment,
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> OfficePaper:
    """The decision of the office: due with its amount, or not due with the article and how to object."""
    wording = Wording(language)
    facts = _about(whole, claim, wording)
    key = "approval" if made.due else "refusal"
    facts.append((wording.text("claim", "decided"), wording.text("claim", f"{key}_sentence")))
    if not made.due:
        deciding = next(one for one in made.reasons if one["code"] == made.reason)
        facts.append((wording.text("claim", "reason"), reason_said(made.reason, deciding["facts"], language)))
        facts.append((wording.text("claim", "article"), made.citation))
    notes = [wording.text("claim", f"{key}_note")]
    if made.certainty not in ("sourced", "derived"):
        notes.append(wording.text("claim", "doubtful"))
    notes.append(wording.text("claim", "bpjs_decides"))
    return _paper(
        wording, government_name, key, whole.case.reference, printed_on, facts=facts,
        sheets=[_components(made, wording)] if made.due else [],
        amount=(wording.text("claim", "amount"), made.expected_rupiah) if made.due else None, notes=notes,
        place_and_date=place_and_date(letterhead, printed_on, wording), letter=letter_lines(letterhead),
        signatures=[Signature(wording.text("claim", "signs"))],
    )  # fmt: skip


def _components(made: Assessment, wording: Wording) -> Sheet:
    columns = [Column(wording.text("claim", "component")), Column(wording.text("claim", "rupiah"), 40, figures=True)]
    rows = [(component_name(name, as_language(wording.language)), amount) for name, amount in made.components.items()]
    total = (wording.text("bill", "sum_label"), made.expected_rupiah)
    return Sheet(wording.text("claim", "components"), columns, rows, total)


def data_sheet(
    whole: Whole,
    claim: Claim,
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> OfficePaper:
    """What the official form asks for as far as we know it; its field list is not published."""
    wording = Wording(language)
    facts = [*_about(whole, claim, wording), (wording.text("claim", "prepares"), claim.kind.sheet)]
    about = whole.about
    if about.wage_rupiah is not None:
        facts.append((wording.text("claim", "wage"), wording.rupiah(about.wage_rupiah)))
    asked = [facts_asked()[code] for code in claim.kind.facts if code in about.facts]
    told = [
        (one.name.say(as_language(language)), fact_said(one, about.facts[one.code], about.event_on, language))
        for one in asked
    ]
    columns = [Column(wording.text("claim", "asked")), Column(wording.text("claim", "told"))]
    sheets = [Sheet(wording.text("claim", "facts"), columns, told)] if told else []
    if whole.heirs:
        sheets.append(_heirs(whole, claim, wording))
    return _paper(
        wording, government_name, "sheet", whole.case.reference, printed_on, facts=facts, sheets=sheets,
        notes=[wording.text("claim", "not_official")], letter=letter_lines(letterhead),
    )  # fmt: skip


def _heirs(whole: Whole, claim: Claim, wording: Wording) -> Sheet:
    columns = [
        Column(wording.text("claim", "heir")),
        Column(wording.text("claim", "relation"), 30),
        Column(wording.text("claim", "guardian")),
        Column(wording.text("claim", "share"), 36, figures=True),
    ]
    amounts: list[int | None] = [None] * len(whole.heirs)
    if claim.kind.to_heirs:
        amounts = [*shares(claim.judged.amounts.total_rupiah, whole.heirs)]
    rows = [
        (heir.name, wording.text("claim", f"relation_{heir.relation}"), heir.guardian, share)
        for heir, share in zip(whole.heirs, amounts, strict=True)
    ]
    return Sheet(wording.text("claim", "heirs"), columns, rows)


def covered_paper(
    family: Family, *, government_name: str, printed_on: date, language: str, letterhead: Letterhead | None = None
) -> OfficePaper:
    """Are we covered? In words that a family understands, to take home."""
    wording = Wording(language)
    cover = family.about.cover
    answer = wording.text("claim", f"covered_{family.answer}")
    facts = [(wording.text("bill", "name"), family.person.name), (wording.text("claim", "covered_answer"), answer)]
    if family.since:
        facts.append((wording.text("claim", "since"), wording.long_date(family.since)))
    if family.until:
        until = "grace_ended" if family.answer == "behind" else "until"
        facts.append((wording.text("claim", until), wording.long_date(family.until)))
    if cover and cover.payer:
        facts.append((wording.text("claim", "paid_by"), f"{cover.payer} ({cover.fund})"))
    columns = [Column(wording.text("claim", "what")), Column(wording.text("claim", "rupiah"), 40, figures=True)]
    sums = [
        (wording.text("claim", "if_ordinary"), family.ordinary.amounts.total_rupiah),
        (wording.text("claim", "if_accident"), family.accident.amounts.total_rupiah),
    ]
    why = [(reason_said(one.code, one.facts, language), one.citation) for one in family.reasons]
    ready = [paper_said(paper, language) for paper in family.keep_ready]
    sheets = [
        Sheet(
            wording.text("claim", "why"),
            [Column(wording.text("claim", "sentence")), Column(wording.text("claim", "article"), 60)],
            why,
        ),
        Sheet(
            wording.text("claim", "keep_ready"),
            [Column(wording.text("claim", "document")), Column(wording.text("claim", "where"))],
            ready,
        ),
    ]
    if family.covered:
        sheets.insert(0, Sheet(wording.text("claim", "family_gets"), columns, sums))
    notes = [wording.text("claim", "bpjs_decides"), wording.text("claim", "no_fee")]
    subject = wording.long_date(family.on)
    return _paper(
        wording,
        government_name,
        "covered",
        subject,
        printed_on,
        facts=facts,
        sheets=sheets,
        notes=notes,
        letter=letter_lines(letterhead),
    )
