"""Every download of every page, in an office whose people, candidates and OPD have names that begin like formulas."""

import re
import zipfile
from collections.abc import Iterator
from inspect import getsource
from io import BytesIO
from sys import modules
from typing import Any

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import URLPattern, get_resolver
from stage import Office

from payung.doors.web.rights import allowed
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.office.registry.models import Person
from payung.office.verification.models import Candidate
from tests.doors.web.test_pages import addresses

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
READERS = (Role.GOVERNMENT_ADMIN, Role.TREASURER, Role.AUDITOR)
"""Together they may take every workbook along."""
FORMULA = re.compile(rb"<f[ >]|<hyperlink ")


def offering() -> set[str]:
    """The pages whose views make workbooks when asked."""
    patterns = [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    made = re.compile(r"""get\("unduh"\)|_workbook\(""")
    return {str(one.name) for one in patterns if made.search(getsource(modules[one.callback.__module__]))}


def texts(response: Any) -> Iterator[bytes]:
    """The sheets and shared texts of a workbook; nothing of any other answer."""
    if "spreadsheetml" in response["Content-Type"]:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        with zipfile.ZipFile(BytesIO(content)) as book:
            yield from (book.read(name) for name in book.namelist() if name.startswith("xl/"))


def test_no_name_becomes_a_formula_in_any_download(client: Client, office: Office) -> None:
    with whole_government(office.cast.government):
        Person.objects.update(name=Concat(Value("=1+"), F("name")))
        Candidate.objects.update(name=Concat(Value("@SUM"), F("name")))
        Opd.objects.update(short_name=Concat(Value("+62"), F("short_name")))
    asked: set[str] = set()
    taken: set[str] = set()
    shown: set[bytes] = set()
    wanted = offering()
    for role in READERS:
        reader = User.objects.get(username=role.value)
        client.force_login(reader)
        for name, address in addresses(office, reader):
            if name not in wanted - asked or not allowed(reader, name):
                continue
            asked.add(name)
            parts = list(texts(client.get(address, {"unduh": "xlsx"})))
            taken |= {name} if parts else set()
            shown |= {begun for begun in (b"=1+", b"@SUM", b"+62") for part in parts if begun in part}
            assert not any(FORMULA.search(part) for part in parts), name
    assert len(taken) >= 25 and shown == {b"=1+", b"@SUM", b"+62"}, sorted(taken)
