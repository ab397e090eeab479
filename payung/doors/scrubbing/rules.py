"""Which twin a field gets. `access.personal` says what is personal; here stands only how each sort is replaced.

A rule is asked for by the kind of a mark, else by `Model.field`, else by the name of the field. A personal field for
which there is none stops the copy, and a test before that.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from payung.doors.scrubbing.twins import Twins
from payung.office.access.personal import Sort, held, own_models
from payung.rules.identity import names

HIDDEN_TEXT = "(disamarkan)"
DROPPED = frozenset({"SecondFactor", "RecoveryCode", "SignInFailures", "AuditLink", "AuditHead", "Block"})
"""Models that the copy begins without: how people signed in, the chain, which is made anew, and what linkage looks
for pairs by, which its own key makes anew."""

POSTS = ("Petugas lapangan", "Petugas kantor", "Pengemudi", "Petugas kebersihan", "Petugas keamanan", "Pendamping")
PLACES = ("Kota Contoh", "Kabupaten Contoh", "Kota Teladan", "Kabupaten Teladan")
TELLING_KEYS = frozenset(
    {"kind", "state", "purpose", "month", "role", "language", "reason", "code", "number", "reference"}
    | {"first_day", "last_day", "until_month"}
)
"""Keys of details whose texts are words of the programme or about no person."""
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")
_AMOUNT = re.compile(r"(?:Rp\.?\s*)?[\d.,]{1,13}(?:\s*,-)?")


@dataclass
class Cell:
    """One value with what stands around it. `password` is the hash that every user of the copy gets."""

    twins: Twins
    row: Mapping[str, str | None]
    password: str
    sheets: dict[str, str]


Rule = Callable[[Cell, str], str]


def _name(cell: Cell, text: str) -> str:
    return cell.twins.name(cell.row.get("known_name") or text)


def _name_key(cell: Cell, text: str) -> str:
    return names.key(_name(cell, cell.row.get("name") or text))


def _birth_date(cell: Cell, text: str) -> str:
    return cell.twins.birth_date(text)


def _hidden(cell: Cell, text: str) -> str:
    return HIDDEN_TEXT if text else ""


def _unchanged(cell: Cell, text: str) -> str:
    return text


def _sheet(cell: Cell, text: str) -> str:
    return cell.sheets.setdefault(text, f"Lembar {len(cell.sheets) + 1}")


def _sheets(cell: Cell, text: str) -> str:
    return json.dumps([_sheet(cell, sheet) for sheet in json.loads(text)])


def _origin(cell: Cell, text: str) -> str:
    return _ADDRESS.sub("192.0.2.1", text)


def _number(kind: str) -> Rule:
    return lambda cell, text: cell.twins.number(text, kind)


def _finding(cell: Cell, text: str) -> str:
    field = cell.row.get("field") or ""
    return json.dumps({key: _found(cell, field, value) for key, value in json.loads(text).items()})


def _found(cell: Cell, field: str, value: Any) -> Any:
    """What was read in a cell, and what was proposed instead, in the way of its field."""
    if isinstance(value, dict):
        return {key: _found(cell, field, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_found(cell, field, inner) for inner in value]
    if not isinstance(value, str) or not value or (field == "wage" and _AMOUNT.fullmatch(value)):
        return value
    if field in ("nik", "kk", "kpj", "phone") and value.isdecimal() and value.isascii():
        return cell.twins.number(value, field)
    if field in ("name", "mother_name"):
        return cell.twins.name(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return cell.twins.birth_date(value)
    return cell.twins.free_text(value)


def _corrected(cell: Cell, text: str) -> str:
    """The old or the new value of a correction, in the way of the field that it corrects."""
    field = cell.row.get("field") or ""
    rule = BY_KIND.get(field) or BY_FIELD[field]
    return rule(cell, text)


def _pledge(cell: Cell, text: str) -> str:
    """What a sponsor typed of a worker: number and name get their twins, the rest is hidden."""
    told = {heading: _hidden(cell, value) for heading, value in json.loads(text).items()}
    said = json.loads(text)
    return json.dumps(
        {
            **told,
            "NIK": cell.twins.number(said["NIK"], "nik"),
            "Nama": _name(cell, said["Nama"]) if said["Nama"] else "",
        }
    )


def _detail(cell: Cell, text: str) -> str:
    return json.dumps(_without_texts(cell, json.loads(text), ""))


def _without_texts(cell: Cell, value: Any, key: str) -> Any:
    if isinstance(value, dict):
        # A file that was made is not in the copy, and so neither is its name.
        return {name: _without_texts(cell, inner, name) for name, inner in value.items() if name != "output_name"}
    if isinstance(value, list):
        return [_without_texts(cell, inner, key) for inner in value]
    if isinstance(value, str) and key not in TELLING_KEYS:
        return cell.twins.opaque(value) if key == "sha256" else HIDDEN_TEXT
    return value


def _row_history(cell: Cell, text: str) -> str:
    """The columns of a row of settings, each by the rule of its own field."""
    model = {one._meta.db_table: one for one in own_models()}.get(cell.row.get("table_name") or "")
    told = json.loads(text)
    if model is None or told is None:
        return json.dumps(dict.fromkeys(told or {}))
    ruled, sorts = rules_of(model), held(model)
    inside = Cell(cell.twins, {"id": cell.row.get("record_id")}, cell.password, cell.sheets)
    for key, value in told.items():
        if key in sorts and sorts[key].sort is Sort.MARK:
            told[key] = None
        elif key in ruled and value is not None:
            whole = not isinstance(value, str)
            twin = ruled[key].rule(inside, json.dumps(value) if whole else value)
            told[key] = json.loads(twin) if whole else twin
    return json.dumps(told)


def _of_id(form: str) -> Rule:
    return lambda cell, text: form.format(cell.row.get("id")) if text else text


BY_KIND: Mapping[str, Rule] = {
    **{kind: _number(kind) for kind in ("nik", "kk", "kpj", "nip", "phone")},
    "pledge": _pledge,
    "mother_name": _name,
    "finding": _finding,
    "particular": _hidden,
    "correction": _corrected,
    "mend": lambda cell, text: str(_found(cell, cell.row.get("field") or "", text)),
    "proposal": lambda cell, text: "",
    "file": lambda cell, text: "",
    "second_factor": lambda cell, text: "",
    "claim": lambda cell, text: "{}",
    "account": _number("account"),
    "email": lambda cell, text: f"pengguna-{cell.row.get('user_id')}@contoh.invalid",
}
BY_FIELD: Mapping[str, Rule] = {
    **dict.fromkeys(("name", "full_name"), _name),
    "name_key": _name_key,
    "birth_date": _birth_date,
    "birth_place": lambda cell, text: cell.twins.choose(text, PLACES, "place"),
    **dict.fromkeys(("job", "post"), lambda cell, text: cell.twins.choose(text, POSTS, "post")),
    # Too coarse to find somebody by, and what the copy is cut by: sex and where people live.
    **dict.fromkeys(("sex", "kecamatan_code", "desa_code"), _unchanged),
    # Words of the programme, on opaque ids.
    **dict.fromkeys(("segment", "end_reason", "AmendmentItem.reason"), _unchanged),
    "FamilyReport.address_key": _hidden,
    "OutsideRow.died_on": _unchanged,  # as the day of a claim: clocks and bills of the copy rest on it
    **dict.fromkeys(("signatory", "Heir.guardian"), lambda cell, text: _name(cell, text) if text else ""),
    **dict.fromkeys(("Case.place", "Heir.bank"), _hidden),
    **dict.fromkeys(("comment", "wording", "answer", "message", "note", "reason"), _hidden),
    **dict.fromkeys(("officer_name", "treasurer_name"), _name),
    **dict.fromkeys(("officer_number", "treasurer_number"), _hidden),
    "sheet": _sheet,
    "sheets": _sheets,
    "sha256": lambda cell, text: cell.twins.opaque(text),
    "origin": _origin,
    **dict.fromkeys(("detail", "result"), _detail),
    **dict.fromkeys(("before", "after"), _row_history),
    "username": _of_id("pengguna-{}"),
    "password": lambda cell, text: cell.password,
    "file_name": lambda cell, text: "berkas.xlsx" if text else "",
    "StatementLine.counterparty": _name,
    "StatementLine.reference": _hidden,
    "StatementLine.text": _hidden,
    "KeptFile.name": _of_id("berkas-{}.xlsx"),
}


@dataclass(frozen=True)
class Ruled:
    """How one column is replaced; `kind` for a sealed one, which is opened before and sealed with the copy's key."""

    rule: Rule
    kind: str = ""


class NoTwin(LookupError):
    """A personal field that nobody has said how to replace."""


def rules_of(model: type[models.Model]) -> dict[str, Ruled]:
    """Column -> how it is replaced, for whatever the model's room sorts as personal; amounts stay as they are.

    Raises NoTwin for a field without a rule.
    """
    found: dict[str, Ruled] = {}
    for name, how in held(model).items():
        column = str(model._meta.get_field(name).column)  # type: ignore[union-attr]  # only fields with a column are sorted
        if how.sort is Sort.MARK:
            rule = BY_KIND.get(how.kind)
        elif how.sort is Sort.PERSONAL:
            rule = BY_FIELD.get(f"{model.__name__}.{name}") or BY_FIELD.get(name)
        else:
            continue
        if rule is None:
            raise NoTwin(f"{model._meta.label}.{name}: payung/doors/scrubbing/rules.py does not say its twin")
        found[column] = Ruled(rule, how.kind)
    return found
