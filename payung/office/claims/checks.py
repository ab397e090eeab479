"""The checks of a claim: each looks at the circumstances and answers with a code of reasons.toml and its facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from payung.office.claims.amounts import jkm_waits
from payung.office.claims.circumstances import Circumstances
from payung.office.claims.heirs import missing_guardian, of_one_rank, schoolchildren
from payung.office.coverage.queries import State
from payung.rules.law.answers import Answer
from payung.rules.law.benefits.columns import JHT_PARTS, JHT_WHOLE
from payung.rules.law.clocks import employer_liable, expires_on, report_by
from payung.rules.law.joining import may_join
from payung.rules.law.membership import grace_months
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month

FactValue = str | int


@dataclass(frozen=True)
class Found:
    """What a check found. Without a citation, that of reasons.toml stands."""

    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)
    citation: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Asked:
    """What a check is asked: of which programme, and which papers of the checklist are not there."""

    about: Circumstances
    programme: str
    missing: tuple[str, ...]


Check = Callable[[Asked], Found | None]
"""None where the check has nothing to say of such a case."""


def _by_law(code: str, told: Answer[Any], **facts: FactValue) -> Found:
    return Found(code, facts, told.citation, told.certainty.value)


def in_time(asked: Asked) -> Found:
    """The right to claim has not lapsed on the day on which the case was recorded."""
    until = expires_on(asked.programme, asked.about.event_on)
    recorded = asked.about.case.recorded_at.date()
    return _by_law("in_time" if recorded <= until.value else "too_late", until, until=until.value.isoformat())


def covered(asked: Asked) -> Found:
    """Cover on the day: by which spell, who paid, and whether it was posted."""
    about, cover = asked.about, asked.about.cover
    if cover is not None and cover.state in (State.CONFIRMED, State.IN_GRACE, State.LAPSED):
        return _proved(about)
    if about.employer:
        return Found("cover_employer_liable", {"payer": about.employer})
    if cover is None or cover.state is State.NEVER:
        return Found("cover_never")
    if cover.state is State.ENDED:
        return Found("cover_ended", {"since": ((cover.since or about.event_on) - timedelta(days=1)).isoformat()})
    return Found("cover_planned")


def _proved(about: Circumstances) -> Found:
    """Some month was posted: the day's own, or one that still covers it, or one too long ago."""
    cover = about.cover
    assert cover is not None
    last = about.paid_by_event[-1].first_day.isoformat()
    facts: dict[str, FactValue] = {"month": last, "payer": cover.payer or "", "fund": cover.fund or ""}
    if cover.state is State.CONFIRMED:
        since = cover.since or about.event_on
        return Found("cover_confirmed", {**facts, "since": since.isoformat()})
    grace = grace_months(cover.membership_class, Month.of(about.event_on))
    rule = {"citation": grace.citation, "certainty": grace.certainty.value}
    until = cover.until or about.event_on
    if cover.state is State.IN_GRACE:
        return Found("cover_in_grace", {**facts, "until": until.isoformat()}, **rule)
    if cover.membership_class == "PU":
        return Found("cover_lapsed_employer", facts, **rule)
    return Found("cover_lapsed", {**facts, "since": (until + timedelta(days=1)).isoformat()}, **rule)


def arrears(asked: Asked) -> Found | None:
    """Months before the event that were due and not settled by it; None where nothing was ever settled."""
    about = asked.about
    if not about.paid_by_event:
        return None
    if not about.arrears:
        return Found("no_arrears")
    grace = grace_months(about.membership_class, Month.of(about.event_on))
    months = ", ".join(str(month) for month, _ in about.arrears)
    settled = [day for _, day in about.arrears if day is not None]
    if len(settled) == len(about.arrears):
        facts: dict[str, FactValue] = {"months": months, "day": max(settled).isoformat()}
        return Found("arrears_paid_later", facts, grace.citation, "doubtful")
    return Found("arrears_open", {"months": months}, grace.citation, "doubtful")


def programme(asked: Asked) -> Found | None:
    """The spell holds the programme; an accident's scholarship is JKK's."""
    cover = asked.about.cover
    if cover is None or not cover.programmes:
        return None
    held = asked.programme in cover.programmes
    return Found("programme_held" if held else "programme_not_held", {"programme": asked.programme})


def age(asked: Asked) -> Found | None:
    """The age at the beginning of the membership."""
    about = asked.about
    if about.member_since is None:
        return None
    if about.birth_date is None:
        return Found("age_unknown")
    joined = max(about.member_since, FIRST_MONTH.first_day)
    obstacle = may_join(asked.programme, about.membership_class, joined, birth=about.birth_date)
    return _by_law("age_fits" if obstacle.value is None else "age_out", obstacle)


def stated(asked: Asked) -> Found | None:
    """Working and well at registration, asked of the self-employed."""
    about, said = asked.about, asked.about.statement
    if said is None:
        return Found("stated_nothing") if about.membership_class == "BPU" else None
    code = "stated_ill" if not said.well else "stated_not_working" if not said.working else "stated_well"
    return Found(code, {"signatory": said.signatory, "day": said.stated_on.isoformat()})


def second_payer(asked: Asked) -> Found | None:
    """Another membership stood on the day."""
    standing = [one for one in asked.about.covers if one.state in (State.CONFIRMED, State.IN_GRACE)]
    if not standing:
        return None
    return Found("second_payer", {"count": len(standing)}) if len(standing) > 1 else Found("one_payer")


def work_related(asked: Asked) -> Found:
    """In the course of work, on the way, or with the stated job."""
    about = asked.about
    if about.membership_class == "BPU" and (stated_job := about.says("stated_job")) is not None:
        return Found("work_stated" if stated_job else "work_other_job", {"job": about.job})
    if about.says("at_work") or about.says("travel_order"):
        return Found("work_done")
    if about.says("on_the_way"):
        return Found("work_commute")
    told = {about.says("at_work"), about.says("on_the_way")}
    return Found("work_not" if told == {False} else "work_unknown")


def cause(asked: Asked) -> Found:
    """A death by a work accident is JKK's."""
    by_work = asked.about.says("work_accident")
    return Found({None: "cause_unknown", True: "cause_work", False: "cause_other"}[by_work])


def waiting(asked: Asked) -> Found | None:
    """The three months of a self-employed member: asked of the law with the amount, told here."""
    about = asked.about
    if about.membership_class != "BPU" or about.member_since is None:
        return None
    waits, citation, certainty = jkm_waits(about)
    return Found("waiting" if waits else "waited", {}, citation, certainty)


def reported(asked: Asked) -> Found:
    """The first report within 2 x 24 hours; from 2025 a late one makes the employer pay first."""
    about = asked.about
    until = report_by(about.event_at)
    facts: dict[str, FactValue] = {"until": until.value.isoformat(timespec="minutes")}
    at = about.moment("reported_at")
    if at is None:
        return _by_law("report_unknown", until, **facts)
    if at <= until.value:
        return _by_law("report_in_time", until)
    liable = employer_liable(about.event_at, at)
    if liable.value and about.membership_class == "PU":
        return _by_law("report_late_employer", liable, **facts)
    return _by_law("report_late", until, **facts)


def heirs(asked: Asked) -> Found:
    """Named, of one rank of the law, and children with a guardian."""
    about = asked.about
    if not about.heirs:
        return Found("heirs_missing")
    if not of_one_rank(about.heirs):
        return Found("heirs_out_of_order")
    return Found("guardian_missing" if missing_guardian(about.heirs, about.asked_on) else "heirs_known")


def children(asked: Asked) -> Found:
    """Children who go to school, with birth and school year."""
    return Found("children_known" if schoolchildren(asked.about.heirs) else "children_missing")


def entitled(asked: Asked) -> Found:
    """The months that a scholarship after an ordinary death asks for."""
    about = asked.about
    cause = "jkm" if about.case.event == "death" else "jkk"
    needed = table("scholarship_counts").series(f"paid-months-{cause}").on(about.event_on)
    paid = len(about.paid_by_event)
    code = "entitled" if paid >= int(needed.value) else "not_entitled"
    return Found(code, {"paid": paid, "needed": int(needed.value)}, needed.citation, needed.certainty.value)


def saved(asked: Asked) -> Found:
    """There is something to take."""
    balance = asked.about.balance_rupiah
    return Found("saved" if balance else "nothing_saved", {"balance": balance})


def _reason_among(reasons: tuple[str, ...]) -> Check:
    def check(asked: Asked) -> Found:
        reason = asked.about.facts.get("reason")
        return Found("reason_unknown" if reason is None else "reason_fits" if reason in reasons else "reason_other")

    return check


def papers(asked: Asked) -> Found:
    """Every paper of the checklist is there."""
    return Found("papers_missing", {"count": len(asked.missing)}) if asked.missing else Found("papers_complete")


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "in_time": in_time,
        "covered": covered,
        "arrears": arrears,
        "programme": programme,
        "age": age,
        "stated": stated,
        "second_payer": second_payer,
        "work_related": work_related,
        "cause": cause,
        "waiting": waiting,
        "reported": reported,
        "heirs": heirs,
        "children": children,
        "entitled": entitled,
        "saved": saved,
        "reason_whole": _reason_among(JHT_WHOLE),
        "reason_part": _reason_among(JHT_PARTS),
        "papers": papers,
    }
)
"""Every check that a kind may name."""
