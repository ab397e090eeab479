"""What the page of one case shows: every claim in words, and the forms that its reader may use now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from payung.doors.papers.claim_words import as_language, kind_said, loss_said, paper_said, reason_said
from payung.doors.web import figures
from payung.doors.web.claim_taking_back import offered, taken_back_lines, taken_back_said
from payung.doors.web.components import Happening
from payung.doors.web.deciding import deciding
from payung.doors.web.forms.claims import (
    AnswerForm,
    DocumentForm,
    DropForm,
    FactsForm,
    HeirForms,
    PayoutForm,
    StepForm,
    TakeUpForm,
    heir_lines,
)
from payung.doors.web.lawbook import step_shown
from payung.doors.web.pages import reader
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import Meaning
from payung.doors.web.vocabulary_claims import (
    CASE_STATES,
    CLOCKS,
    DIFFERENCES,
    EVENTS,
    PAID_BY,
    PAYERS,
    RELATIONS,
    SAYS,
    SOURCES,
    STEPS,
    WHO,
)
from payung.office.access.marks import unseal
from payung.office.claims.amounts import Reckoned
from payung.office.claims.catalogue import documents
from payung.office.claims.catalogue import facts as facts_asked
from payung.office.claims.heirs import shares
from payung.office.claims.judging import Reason
from payung.office.claims.kind import Paper
from payung.office.claims.models import Benefit, Case
from payung.office.claims.queries import Claim, Whole
from payung.office.claims.told import told_of

NOT_RECKONED = {
    "missing": word("Belum dapat dihitung. Isi keterangan: {names}."),
    "none_given": word("Belum dapat dihitung. Isi keterangan, sedikitnya satu: {names}."),
    "loss_without_number": word("{loss}: kosongkan angkanya. Bila fungsinya yang hilang, minta Cacat sebagian fungsi."),
    "loss_needs_number": word("{loss}: tulis angkanya."),
    "loss_percent": word("{loss}: tulis persen fungsi yang hilang, 1 sampai 100."),
    "loss_out_of_range": word("{loss}: angkanya di luar tabel cacat."),
    "loss_not_functional": word("{loss}: minta Cacat sebagian anatomis."),
}
"""Why there is no amount yet, as an officer can mend it; every other reason speaks for itself."""
SCHOOLED = "child"
REASONS = (word("Yang diperiksa"), word("Hasil"), word("Dasar"))
PAPERS = (word("Dokumen"), word("Ada"), word("Di mana memperolehnya"))
HEIRS = (word("Nama"), word("Hubungan"), word("Bagian"), word("Rekening"))
CLOCK = (word("Batas waktu"), word("Tanggal"), word("Giliran siapa"), word("Keadaan"))
ANSWERS = (word("Tanggal"), word("Jawaban BPJS"), word("Surat"), word("Jumlah"), word("Selisih dari hitungan"))
INCOMPLETE = Meaning(word("belum lengkap"), "wait")
PAYOUTS = (word("Tanggal"), word("Dari siapa kepada siapa"), word("Penerima"), word("Jumlah"), word("Nomor bukti"))


@dataclass(frozen=True)
class WrongStep:
    """A step of a benefit (`submit`, `appeal`, `answer`, `payout`) as it was typed, with what is wrong in it."""

    benefit_id: int
    step: str
    form: Form


def case_content(request: HttpRequest, told: Whole, *, refusal: str, wrong: WrongStep | None = None) -> dict[str, Any]:
    """Everything that the template asks for."""
    case = told.case
    claimed = [one.kind for one in told.claims]
    writes = allowed(request.user, "claim-facts") and case.state == Case.OPEN
    missing = dict.fromkeys(paper.code for one in told.claims for paper in one.judged.missing)
    wanted = missing | dict.fromkeys(paper.code for kind in claimed for paper in kind.documents)
    choices = [(code, paper_said(Paper(code), language())[0]) for code in wanted or documents()]
    return {
        "case": case,
        "refusal": refusal,
        "state": CASE_STATES[case.state],
        "event": t(EVENTS[case.event]),
        "source": t(SOURCES[case.source]),
        "told": told_of(case),
        "about": told.about,
        "claims": [_claim(request, told, one, wrong) for one in told.claims],
        "papers": _papers(told),
        "paper_columns": headings(*PAPERS),
        "heirs": _heirs(told),
        "heir_columns": headings(*HEIRS),
        "reason_columns": headings(*REASONS),
        "clock_columns": headings(*CLOCK),
        "payout_columns": headings(*PAYOUTS, figures=("Jumlah",)),
        "answer_columns": headings(*ANSWERS, figures=("Jumlah",)),
        "facts_form": FactsForm(asked=claimed, known=dict(told.about.facts), on=case.event_on)
        if writes and claimed
        else None,
        "heir_forms": HeirForms(initial=heir_lines(told.heirs, {})) if writes else None,
        "document_form": DocumentForm(choices=choices) if writes else None,
        "take_up_form": _take_up(request, told),
        "drop_form": DropForm() if case.state == Case.PROPOSED and allowed(request.user, "claim-drop") else None,
        "may_close": _may_close(request, told),
    }


def _take_up(request: HttpRequest, told: Whole) -> TakeUpForm | None:
    if told.case.state not in (Case.PROPOSED, Case.OPEN) or not allowed(request.user, "claim-take-up"):
        return None
    form = TakeUpForm(event=told.case.event, known=[one.kind.code for one in told.claims])
    return form if form.fields["claimed"].choices else None  # type: ignore[attr-defined]  # a field of choices


def _may_close(request: HttpRequest, told: Whole) -> bool:
    done = all(one.benefit.state in (Benefit.PAID, Benefit.REFUSED, Benefit.DENIED) for one in told.claims)
    return bool(told.case.state == Case.OPEN and told.claims and done and allowed(request.user, "claim-close"))


def _papers(told: Whole) -> list[tuple[str, list[Any], str]]:
    """The checklist of all claims together: name, the papers that are there, where to get it."""
    wanted = dict.fromkeys(paper.code for one in told.claims for paper in one.judged.missing)
    there: dict[str, list[Any]] = {}
    for one in told.documents:
        there.setdefault(one.code, []).append(one)
    rows = []
    for code in dict.fromkeys([*wanted, *there]):
        name, where = paper_said(Paper(code), language())
        rows.append((name, there.get(code, []), where))
    return rows


def _heirs(told: Whole) -> list[tuple[Any, str, str]]:
    return [
        (heir, t(RELATIONS[heir.relation]), figures.masked(unseal(heir.account_sealed, kind="account")))
        for heir in told.heirs
    ]


def _claim(request: HttpRequest, told: Whole, one: Claim, wrong: WrongStep | None) -> dict[str, Any]:
    state, held = one.benefit.state, one.judged
    amounts = held.amounts
    waiting = one.waiting
    return {
        "claim": one,
        "name": kind_said(one.kind.code, language()),
        "state": STEPS[state],
        "who": t(WHO[one.who]),
        "not_reckoned": _not_reckoned(amounts, told.case.event_on) if amounts.refused else "",
        "payer": t(PAYERS[held.payer]),
        "deciding": t("Semua syarat terpenuhi.")
        if held.due and held.deciding.says == "yes"
        else reason_said(held.deciding.code, held.deciding.facts, language()),
        "reasons": [
            (reason_said(reason.code, reason.facts, language()), _says(reason), reason) for reason in held.reasons
        ],
        "steps": [
            step_shown(step, benefit.doubts, told.case.event_on)
            for benefit in amounts.benefits
            for step in benefit.steps
        ],
        "schedule": [line for benefit in amounts.benefits for line in benefit.schedule],
        "shares": list(zip(told.heirs, shares(amounts.total_rupiah, told.heirs), strict=True))
        if one.kind.to_heirs
        else [],
        "clocks": [(clock, t(CLOCKS[clock.code]), t(WHO[clock.who])) for clock in one.clocks],
        "next_clock": _next_clock(one),
        "answers": [(said, t(DIFFERENCES[said.difference]) if said.difference else "") for said in one.answers],
        "payouts": [(paid, t(PAID_BY[paid.paid_by])) for paid in one.payouts],
        "take_back": offered(request, one),
        "taken_back": taken_back_lines(one),
        "waiting": waiting,
        "choice": deciding(waiting.proposal, version=waiting.version, user=reader(request)) if waiting else None,
        "moves": _moves(one),
        "forms": _forms(request, told, one)
        | ({wrong.step: wrong.form} if wrong and wrong.benefit_id == one.benefit.pk else {}),
        "may": {name: allowed(request.user, f"claim-{name}") for name in ("assess", "missing", "letter", "pack")},
    }


def _not_reckoned(amounts: Reckoned, on: date) -> str:
    """Why there is no amount, in the words of the page rather than of a command."""
    code, _, about = amounts.code.partition("/")
    if code not in NOT_RECKONED:
        return amounts.refused
    if code.startswith("loss"):
        return t(NOT_RECKONED[code], loss=loss_said(about.partition("=")[0], on, language()))
    spoken, asked = as_language(language()), facts_asked()
    names = [asked[name].name.say(spoken) for name in about.split(", ") if name in asked]
    names += [t("kelas setiap anak di Ahli waris")] if about == SCHOOLED else []
    return t(NOT_RECKONED[code], names="; ".join(names)) if names else amounts.refused


def _next_clock(one: Claim) -> str:
    """The time limit that is still to be met, the next one first, and whether it has passed."""
    clock = next((clock for clock in one.clocks if clock.done_on is None), None)
    if clock is None:
        return ""
    until = figures.moment(clock.until_at) if clock.until_at else figures.short_date(clock.until)
    return " · ".join([until, t(CLOCKS[clock.code]), *([t("lewat")] if clock.late else [])])


def _says(reason: Reason) -> Meaning:
    """What a check says; papers are not answered but brought."""
    return INCOMPLETE if (reason.check, reason.says) == ("papers", "ask") else SAYS[reason.says]


def _moves(one: Claim) -> list[Happening]:
    undone = {step.taken_back_id: step for step in one.taken_back}
    return [
        Happening(
            move.on_day, taken_back_said(undone[move.pk]) if move.pk in undone else t(STEPS[move.state].text),
            by=move.recorded_by.full_name, tone="info" if move.pk in undone else STEPS[move.state].tone,
            note=move.comment,
        )
        for move in one.moves
    ]  # fmt: skip


def _forms(request: HttpRequest, told: Whole, one: Claim) -> dict[str, Form]:
    """The steps that follow from this state, for those who may take them."""
    state, today = one.benefit.state, {"on": timezone.localdate()}
    liable = one.agreed is not None and one.agreed.due and one.agreed.payer in ("employer", "employer_first")
    expected = one.agreed.expected_rupiah if one.agreed else 0
    money = state == Benefit.GRANTED or (liable and state in (Benefit.APPROVED, Benefit.SUBMITTED))
    possible: dict[str, tuple[bool, Callable[[], Form]]] = {
        "submit": (state == Benefit.APPROVED, lambda: StepForm(initial=today)),
        "appeal": (state in (Benefit.REFUSED, Benefit.DENIED), lambda: StepForm(initial=today)),
        "payout": (money, lambda: PayoutForm(heirs=told.heirs)),
        "answer": (state in (Benefit.SUBMITTED, Benefit.GRANTED), lambda: AnswerForm(expected=expected)),
    }
    return {
        name: make() for name, (follows, make) in possible.items() if follows and allowed(request.user, f"claim-{name}")
    }
