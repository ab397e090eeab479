"""Questions about persons: search by name (typing-tolerant) or NIK, and one person's page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from payung.office.access.marks import sealed_forms, unseal
from payung.office.known import standing
from payung.office.places.queries import Area
from payung.office.registry.models import Job, Membership, Person

LIMIT = 50


@dataclass(frozen=True)
class FoundPerson:
    """One line of a search's answer. The NIK is in clear: mask it before a screen."""

    id: int
    name: str
    birth_date: date | None
    nik: str | None
    opd: str | None


def visible(area: Area) -> QuerySet[Person]:
    """The persons an area shows: all of the government, or those with a job in the area's OPD."""
    persons = Person.objects.filter(government=area.government)
    if area.opd_ids is None:
        return persons
    members = Job.objects.filter(opd_id__in=area.opd_ids).values("membership__person_id")
    return persons.filter(pk__in=members)


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
    opds = dict(
        Job.objects.filter(membership__person__in=persons, replaced_at__isnull=True)
        .order_by("from_month", "pk")
        .values_list("membership__person_id", "opd__short_name")
    )
    return [
        FoundPerson(
            id=person.pk,
            name=person.name,
            birth_date=person.birth_date,
            nik=unseal(person.nik_sealed, kind="nik"),
            opd=opds.get(person.pk),
        )
        for person in persons
    ]


@transaction.atomic
def _by_name(area: Area, wanted: str) -> list[Person]:
    """Trigram search: every typed word must be found nearly so within the name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', '0.45', true)")
    scope = (
        ""
        if area.opd_ids is None
        else (
            "AND EXISTS (SELECT 1 FROM registry_membership m JOIN registry_job j ON j.membership_id = m.id"
            " WHERE m.person_id = p.id AND j.opd_id = ANY(%s))"
        )
    )
    upper = wanted.upper()
    parameters: list[object] = [area.government.pk, upper]
    if area.opd_ids is not None:
        parameters.append(list(area.opd_ids))
    return list(
        Person.objects.raw(
            f"""SELECT p.* FROM registry_person p
                WHERE p.government_id = %s AND %s <%% upper(p.name) {scope}
                ORDER BY word_similarity(%s, upper(p.name)) DESC, similarity(%s, upper(p.name)) DESC, p.name
                LIMIT {LIMIT}""",  # noqa: S608  # our own text, values are parameters
            [*parameters, upper, upper],
        )
    )


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


def facts(area: Area, person_id: int, *, known_at: datetime | None = None) -> PersonFacts:
    """One person, with the jobs known now or at an earlier instant. Raises Person.DoesNotExist outside the area."""
    person = visible(area).get(pk=person_id)
    memberships = list(Membership.objects.filter(person=person).order_by("pk"))
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
    )
