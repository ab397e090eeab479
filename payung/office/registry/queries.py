"""Questions about persons: search by name (typing-tolerant) or NIK, and one person's page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.office.access.marks import sealed_forms, unseal
from payung.office.known import standing
from payung.office.places.queries import Area
from payung.office.registry.aliases import group_of
from payung.office.registry.models import Alias, Job, Membership, Person, PersonOpd

LIMIT = 50
FEW = 5_000
CANDIDATES = 1_500
LIKENESS = (0.55, 0.4)
"""Share of the typed trigrams that a name must hold: first the likely slips, then, when there is nothing, anything."""

_OWN_IDS = """SELECT s.person_id FROM registry_personopd s WHERE s.opd_id = ANY(%(opds)s)
    UNION ALL SELECT h.id FROM registry_person h
    WHERE h.government_id = %(government)s AND h.desa_code = ANY(%(villages)s)
    UNION ALL SELECT h.id FROM registry_person h
    WHERE h.government_id = %(government)s AND h.kecamatan_code = ANY(%(villages)s)"""
_AMONG_OWN = f"""SELECT p.*, word_similarity(%(name)s, p.name) AS likeness FROM registry_person p
    WHERE p.government_id = %(government)s AND p.id IN ({_OWN_IDS})"""  # noqa: S608  # our own words
_OVER_ALL = f"""SELECT p.*, word_similarity(%(name)s, p.name) AS likeness FROM registry_person p
    WHERE p.government_id = %(government)s AND %(name)s <%% p.name LIMIT {CANDIDATES}"""  # noqa: S608  # our own words


@dataclass(frozen=True)
class FoundPerson:
    """One line of a search's answer. The NIK is in clear: mask it before a screen.

    `id` is under whom the person is seen; `known_as` is the name of a merged person by which she was found.
    """

    id: int
    name: str
    birth_date: date | None
    nik: str | None
    opd: str | None
    known_as: str | None = None


def visible(area: Area) -> QuerySet[Person]:
    """The persons an area shows: all of the government, those with a job in its OPD, those who live in its villages."""
    persons = Person.objects.filter(government=area.government)
    if area.opd_ids is None:
        return persons
    worked = PersonOpd.objects.filter(person=OuterRef("pk"), opd_id__in=area.opd_ids)
    return persons.filter(Q(Exists(worked)) | Q(kecamatan_code__in=area.villages) | Q(desa_code__in=area.villages))


def search(area: Area, text: str) -> list[FoundPerson]:
    """Persons by NIK (16 digits) or by a name typed with mistakes, best first, at most LIMIT.

    An empty text finds nothing.
    """
    wanted = " ".join(text.split())
    if not wanted:
        return []
    digits = "".join(character for character in wanted if character.isdigit())
    if len(digits) == 16:
        persons = list(visible(area).filter(nik_sealed__in=sealed_forms(digits, kind="nik"))[:LIMIT])
    else:
        persons = _by_name(area, wanted)
    return _found(persons)


def _found(persons: list[Person]) -> list[FoundPerson]:
    """The lines, each survivor once; an absorbed one leads to hers, as far as the area shows it."""
    aliases = Alias.objects.filter(person__in=persons).select_related("survivor")
    survivors = {alias.person_id: alias.survivor for alias in aliases}
    opds = dict(
        Job.objects.filter(membership__person__in=[*persons, *survivors.values()], replaced_at__isnull=True)
        .order_by("from_month", "pk")
        .values_list("membership__person_id", "opd__short_name")
    )
    lines: dict[int, FoundPerson] = {}
    for found in sorted(persons, key=lambda person: person.pk in survivors):
        person = survivors.get(found.pk, found)
        lines.setdefault(
            person.pk,
            FoundPerson(
                id=person.pk,
                name=person.name,
                birth_date=person.birth_date,
                nik=unseal(person.nik_sealed, kind="nik"),
                opd=opds.get(person.pk) or opds.get(found.pk),
                known_as=None if person == found else found.name,
            ),
        )
    order = [survivors.get(person.pk, person).pk for person in persons]
    return [lines[key] for key in dict.fromkeys(order)]


@transaction.atomic
def _by_name(area: Area, wanted: str) -> list[Person]:
    """Names alike (trigrams), best first: among the own people when they are few, else step by step over all.

    Row-level security cuts to the area in both ways. Of a very common name some CANDIDATES are ranked, not all.
    """
    if area.opd_ids is not None and _are_few(area):
        return list(Person.objects.raw(_ranked(_AMONG_OWN), _asked(area, wanted)))
    for likeness in LIKENESS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(likeness)])
        found = list(Person.objects.raw(_ranked(_OVER_ALL), _asked(area, wanted)))
        if found:
            return found
    return []


def _ranked(candidates: str) -> str:
    return f"""SELECT * FROM ({candidates}) c WHERE likeness >= %(least)s
               ORDER BY likeness DESC, similarity(%(name)s, c.name) DESC, c.name, c.id
               LIMIT {LIMIT}"""  # noqa: S608  # our own texts, values are parameters


def _asked(area: Area, wanted: str) -> dict[str, Any]:
    return {
        "government": area.government.pk,
        "name": wanted,
        "opds": list(area.opd_ids or ()),
        "villages": list(area.villages),
        "least": LIKENESS[-1],
    }


def _are_few(area: Area) -> bool:
    """Whether the area's people are so few that each name can be looked at."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM ({_OWN_IDS}) own LIMIT {FEW + 1}) counted",  # noqa: S608  # our words
            _asked(area, ""),
        )
        found = cursor.fetchone()
    return bool(found and found[0] <= FEW)


@dataclass(frozen=True)
class HeldJob:
    """A post of a person, as known now."""

    opd: str
    post: str | None
    wage_paid_rupiah: int | None
    from_month: date
    until_month: date | None


@dataclass(frozen=True)
class PersonFacts:
    """What the registry knows of one person. Marks are in clear: mask them before a screen."""

    id: int
    name: str
    nik: str | None
    nik_confirmed: bool
    kk: str | None
    phone: str | None
    birth_date: date | None
    birth_place: str | None
    sex: str | None
    kecamatan_code: str | None
    desa_code: str | None
    kpj: str | None
    membership_ids: tuple[int, ...]
    jobs: tuple[HeldJob, ...]
    also: tuple[tuple[int, str], ...] = ()
    """Who was merged into her: id and name."""


def facts(area: Area, person_id: int, *, known_at: datetime | None = None) -> PersonFacts:
    """One person, with the jobs known now or at an earlier instant. Raises Person.DoesNotExist outside the area."""
    person = visible(area).get(pk=person_id)
    group = group_of(person.pk)
    memberships = list(Membership.objects.filter(person_id__in=group).order_by("pk"))
    also = Person.objects.filter(pk__in=group).exclude(pk=person.pk).order_by("pk")
    jobs = Job.objects.filter(standing(known_at), membership__in=memberships).select_related("opd")
    kpj = next((item.kpj_sealed for item in memberships if item.kpj_sealed is not None), None)
    return PersonFacts(
        id=person.pk,
        name=person.name,
        nik=unseal(person.nik_sealed, kind="nik"),
        nik_confirmed=person.nik_confirmed,
        kk=unseal(person.kk_sealed, kind="kk"),
        phone=unseal(person.phone_sealed, kind="phone"),
        birth_date=person.birth_date,
        birth_place=person.birth_place,
        sex=person.sex,
        kecamatan_code=person.kecamatan_code,
        desa_code=person.desa_code,
        kpj=unseal(kpj, kind="kpj"),
        membership_ids=tuple(item.pk for item in memberships),
        jobs=tuple(
            HeldJob(job.opd.short_name, job.post, job.wage_paid_rupiah, job.from_month, job.until_month)
            for job in jobs.order_by("from_month", "pk")
        ),
        also=tuple(also.values_list("pk", "name")),
    )
