"""What waits for a reader: one answer for the page, the dashboard and their counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_privacy import CORRECTION_FIELDS
from payung.office.access.models import User
from payung.office.agreements.models import Amendment
from payung.office.approvals.models import Proposal
from payung.office.approvals.queries import Waiting, sent_back_to, waiting_for
from payung.office.billing.models import BillRun
from payung.office.billing.receipt_models import Refund
from payung.office.claims.models import Assessment
from payung.office.enrolment.models import Plan
from payung.office.enrolment.payer_models import PayerDecision
from payung.office.places.queries import Area
from payung.office.privacy.models import Correction
from payung.office.registry.models import Merge
from payung.office.savings.models import Rate
from payung.rules.months import Month

KINDS = {
    "plan": word("Rencana"),
    "bill": word("Tagihan"),
    "correction": word("Perbaikan data"),
    "merge": word("Penggabungan orang"),
    "refund": word("Pengembalian uang"),
    "decree": word("Daftar SK"),
    "jht_rate": word("Hasil pengembangan JHT"),
    "claim": word("Klaim"),
    "ending": word("Berhenti ditagih"),
    "payer": word("Dua pembayar"),
}
"""What each kind of proposal is called."""


@dataclass(frozen=True)
class Subject:
    """What a proposal is about: its name, and the page where it is looked at and decided."""

    name: str
    href: str


@dataclass(frozen=True)
class Task:
    """One proposal that the reader can decide (`waiting`), or must change and propose again (None)."""

    proposal: Proposal
    subject: Subject
    waiting: Waiting | None = None

    @property
    def sentence(self) -> str:
        if self.waiting is None:
            return t("{name} dikembalikan kepada Anda untuk diperbaiki.", name=self.subject.name)
        return t("{name} menunggu putusan Anda.", name=self.subject.name)


def tasks(user: User, *, area: Area, at: datetime) -> list[Task]:
    """Everything that waits for this user, in all kinds: what was sent back first, then what is to be decided."""
    returned = sent_back_to(user, area=area)
    waiting = waiting_for(user, area=area, at=at)
    found = subjects([*returned, *(one.proposal for one in waiting)])
    mine = [Task(proposal, found[proposal.pk]) for proposal in returned if proposal.pk in found]
    return mine + [Task(one.proposal, found[one.proposal.pk], one) for one in waiting if one.proposal.pk in found]


def subjects(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The subject of each proposal; one whose subject has gone on without it is left out."""
    found: dict[int, Subject] = {}
    for kind, of_kind in SUBJECTS.items():
        found.update(of_kind([proposal for proposal in proposals if proposal.kind == kind]))
    return found


def _plans(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The newest plan of each proposal, unless a corrected list took its list's place."""
    current = Plan.objects.filter(proposal__in=proposals, roster_list__successor__isnull=True)
    plans = current.select_related("roster_list__opd").order_by("version")
    return {
        plan.proposal_id: Subject(
            name=t(
                "Rencana {opd}, {month}", opd=plan.roster_list.opd.short_name, month=Month.of(plan.roster_list.month)
            ),
            href=reverse("plan", kwargs={"plan_id": plan.pk}),
        )
        for plan in plans
    }


def _runs(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The newest draft of each proposal; one that its maker took back waits for nobody."""
    undecided = Q(state=BillRun.VOID, proposal__state__in=[Proposal.OPEN, Proposal.RETURNED])
    runs = BillRun.objects.filter(proposal__in=proposals).exclude(undecided).order_by("version")
    return {
        run.proposal_id: Subject(
            name=t("Bayar di muka sampai {month}", month=figures.long_month(run.until_month))
            if run.until_month
            else t("Tagihan {month}", month=figures.long_month(run.month)),
            href=reverse("bill-run", kwargs={"run_id": run.pk}),
        )
        for run in runs
    }


def _corrections(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The request on whose page each correction is decided; the person is not named in a list."""
    made = Correction.objects.filter(proposal__in=proposals)
    return {
        one.proposal_id: Subject(
            name=t("Perbaikan {field}", field=t(CORRECTION_FIELDS[one.field])),
            href=reverse("request", kwargs={"request_id": one.request_id}),
        )
        for one in made
    }


def _decrees(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The newest paper of each proposal."""
    papers = Amendment.objects.filter(proposal__in=proposals).select_related("decree").order_by("version")
    return {
        paper.proposal_id: Subject(
            name=t("SK {number} untuk {title}", number=paper.number, title=paper.decree.title),
            href=reverse("amendment", kwargs={"amendment_id": paper.pk}),
        )
        for paper in papers
    }


def _rates(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The year whose rate is proposed."""
    return {
        rate.proposal_id: Subject(t("Tingkat JHT {year}", year=str(rate.year)), reverse("savings"))
        for rate in Rate.objects.filter(proposal__in=proposals)
    }


def _refunds(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The payment on whose page each refund is decided."""
    asked = Refund.objects.filter(proposal__in=proposals).select_related("receipt")
    return {
        one.proposal_id: Subject(
            name=t("Pengembalian {amount}", amount=figures.rupiah(one.amount_rupiah)),
            href=reverse("receipt", kwargs={"receipt_id": one.receipt_id}),
        )
        for one in asked
    }


def _payers(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """Which of two pays; nobody is named in a list."""
    return {
        one.proposal_id: Subject(t("Pembayar seseorang"), reverse("payer", kwargs={"item_id": one.item_id}))
        for one in PayerDecision.objects.filter(proposal__in=proposals)
    }


def _merges(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """Merging two persons, or taking it back; nobody is named in a list."""
    found: dict[int, Subject] = {}
    for made in Merge.objects.filter(Q(proposal__in=proposals) | Q(undoing__in=proposals)):
        href = reverse("merge", kwargs={"merge_id": made.pk})
        found[made.proposal_id] = Subject(t("Penggabungan dua orang"), href)
        if made.undoing_id:
            found[made.undoing_id] = Subject(t("Pemisahan dua orang"), href)
    return found


def _claims(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """The case on whose page each assessment is decided; the person is not named in a list."""
    made = Assessment.objects.filter(proposal__in=proposals).select_related("benefit__case").order_by("version")
    return {
        one.proposal_id: Subject(
            name=t("Klaim {reference}", reference=one.benefit.case.reference),
            href=reverse("claim", kwargs={"case_id": one.benefit.case_id}),
        )
        for one in made
    }


def _endings(proposals: Sequence[Proposal]) -> dict[int, Subject]:
    """Who died is billed no more: decided on the page of all claims."""
    return {one.pk: Subject(t("Berhenti ditagih setelah meninggal"), reverse("claims")) for one in proposals}


SUBJECTS: Mapping[str, Callable[[Sequence[Proposal]], dict[int, Subject]]] = {
    "plan": _plans,
    "bill": _runs,
    "correction": _corrections,
    "decree": _decrees,
    "merge": _merges,
    "refund": _refunds,
    "jht_rate": _rates,
    "claim": _claims,
    "ending": _endings,
    "payer": _payers,
}
"""How the subjects of each kind are found."""
