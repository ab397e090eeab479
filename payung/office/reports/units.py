"""Which OPD a unit of a personnel master is: by what a person said, else by the office's own code and names."""

import re
from collections.abc import Iterable

from payung.office.places.models import Opd
from payung.office.reports.models import UnitName

_MARKS = re.compile(r"[\W_]+")
_SHORTENED = {"din": "dinas", "bdn": "badan", "kec": "kecamatan", "kel": "kelurahan", "sek": "sekretariat"}


def plain_unit(text: str) -> str:
    """A unit's name as it is compared: small letters, no marks, "Din." and "Kec." written out."""
    return " ".join(_SHORTENED.get(word, word) for word in _MARKS.sub(" ", text.casefold()).split())


def opds_of_units(government_id: int, units: Iterable[str]) -> dict[str, int]:
    """Unit -> OPD, for the units that are known; a name that two OPD bear is known of neither."""
    said = dict(UnitName.objects.filter(government_id=government_id, replaced_at=None).values_list("unit", "opd_id"))
    named: dict[str, set[int]] = {}
    for opd in Opd.objects.filter(government_id=government_id):
        for text in (opd.code, opd.name, opd.short_name):
            named.setdefault(plain_unit(text), set()).add(opd.pk)
    found = {}
    for unit in dict.fromkeys(units):
        opds = named.get(plain_unit(unit), set())
        if unit in said or len(opds) == 1:
            found[unit] = said[unit] if unit in said else next(iter(opds))
    return found
