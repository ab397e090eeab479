"""Who may join which programme: by class, age on the day, citizenship and employer."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from payung.rules.law.answers import Answer, answer
from payung.rules.law.figures import BeforeTheLawError, Figure, NotKnownError
from payung.rules.law.readings import Reading, all_readings
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.law.words import Language, words_in
from payung.rules.months import Month, age_on

CLASSES = ("PU", "BPU", "JAKON", "PMI", "INTERN")
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")
EMPLOYERS = ("government", "entrepreneur", "none")


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the law asks of somebody who wants to join; what is not known is None."""

    birth: date | None = None
    citizen: bool = True
    months_in_indonesia: int | None = None
    employer: str = "government"


@dataclass
class _Grounds:
    """What was looked at on the way to the answer."""

    month: Month
    known_on: date | None
    figures: list[Figure] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def limit(self, name: str, *key: str) -> int:
        """A number of a table, remembered as a ground."""
        self.figures.append(table(name).series(*key, known_on=self.known_on).at(self.month))
        return int(self.figures[-1].value)


def may_join(
    programme: str,
    membership_class: str,
    on: date,
    *,
    birth: date | None = None,
    citizen: bool = True,
    months_in_indonesia: int | None = None,
    employer: str = "government",
    known_on: date | None = None,
) -> Answer[str | None]:
    """None when nothing stands in the way of joining on that day, else the code of the first obstacle.

    The sentences of the codes: `obstacle`. Raises NotKnownError for words it does not know, BeforeTheLawError before
    July 2015.
    """
    _refuse_unknown(programme, membership_class, employer)
    month = Month.of(on)
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Syarat peserta dijawab mulai Juli 2015; bulan {month} ditolak.")
    who = Applicant(birth, citizen, months_in_indonesia, employer)
    grounds = _Grounds(month, known_on)
    code = _not_open(programme, membership_class, who, grounds) or _kept_out(
        programme, membership_class, who, on, grounds
    )
    return answer(code, grounds.figures, grounds.readings)


def age_limit(name: Literal["bpu_age_below", "ktp_age"], on: date) -> int:
    """An age that lists are checked against, in completed years: a BPU has not reached the first, a KTP is held from
    the second. Before July 2015 the first value known."""
    return int(table("joining").series(name).at(max(Month.of(on), FIRST_MONTH)).value)


def obstacle(code: str, language: Language = "id") -> str:
    """The sentence of an obstacle."""
    return words_in("obstacles.toml")[code].say(language)


def _refuse_unknown(programme: str, membership_class: str, employer: str) -> None:
    for word, known in ((programme, PROGRAMMES), (membership_class, CLASSES), (employer, EMPLOYERS)):
        if word not in known:
            raise NotKnownError(f"{word!r} tidak dikenal; yang ada: {', '.join(known)}.")


def _not_open(programme: str, membership_class: str, who: Applicant, grounds: _Grounds) -> str | None:
    """Whether the class, and for JKP the employer and citizenship, leave the programme open."""
    if programme == "JKP":
        return _jkp_not_open(membership_class, who, grounds)
    if (membership_class, programme) not in table("programmes_open").keys_in_use():
        grounds.limit("programmes_open", membership_class, "JKK")
        return "programme_not_open"
    grounds.limit("programmes_open", membership_class, programme)
    if programme == "JHT" and membership_class == "PU" and who.employer == "government":
        grounds.readings.append(all_readings()["non-asn-jht"])
    return None


def _jkp_not_open(membership_class: str, who: Applicant, grounds: _Grounds) -> str | None:
    begins = table("joining_jkp").begins
    if membership_class != "PU" or begins is None or grounds.month < begins:
        grounds.readings.append(all_readings()["jkp-entrepreneur"])
        return "programme_not_open"
    grounds.limit("joining_jkp", "age_below")
    if who.employer != "entrepreneur":
        grounds.readings.append(all_readings()["jkp-entrepreneur"])
        return "no_entrepreneur"
    return None if who.citizen else "not_a_citizen"


def _kept_out(programme: str, membership_class: str, who: Applicant, on: date, grounds: _Grounds) -> str | None:
    """A foreigner's stay and the ages."""
    if not who.citizen and (who.months_in_indonesia or 0) < grounds.limit("joining", "foreigner_months"):
        return "stay_too_short"
    below = _age_below(programme, membership_class, on, grounds)
    if below is None:
        return None
    if who.birth is None:
        return "birth_unknown"
    age = age_on(who.birth, on)
    usual = table("joining").series("bpu_age_usual", known_on=grounds.known_on).at(grounds.month)
    if membership_class == "BPU" and age < int(usual.value):
        grounds.figures.append(usual)
    return "too_old" if age >= below else None


def _age_below(programme: str, membership_class: str, on: date, grounds: _Grounds) -> int | None:
    """The age a member must not have reached, where the law has one."""
    if programme == "JKP":
        return grounds.limit("joining_jkp", "age_below")
    if programme == "JP":
        grounds.figures.append(table("jp_pension_age").series(known_on=grounds.known_on).on(on))
        return int(grounds.figures[-1].value)
    if membership_class == "BPU":
        return grounds.limit("joining", "bpu_age_below")
    return None
