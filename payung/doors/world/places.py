"""The places a world can be made of: data files read into facts."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import count
from typing import Any

from payung.doors.world import regions
from payung.doors.world.facts import Agreement, BudgetLine, Group, Job, Office, Place, Segment, WagePolicy
from payung.rules.months import Month

PACKAGE = resources.files("payung.doors.world")


def available() -> list[str]:
    """The keys of all places, sorted."""
    files = PACKAGE.joinpath("places").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def read(key: str) -> Place:
    """The facts of one place. Raises LookupError for a place that has no file."""
    if key not in available():
        raise LookupError(f"tidak ada dunia bernama {key!r}; yang ada: {', '.join(available())}")
    data = _toml(f"places/{key}.toml")
    unit_numbers = count(1)
    return Place(
        key=key,
        code=data["code"],
        name=regions.name_of(data["code"]),
        letterhead=data["letterhead"],
        seat=data["seat"],
        start=Month.parse(data["start"]),
        neighbours=tuple(data["neighbours"]),
        name_mix=tuple(data["names"].items()),
        agreement=Agreement(**data["agreement"]),
        groups=tuple(_group(group, data["code"], unit_numbers) for group in data["groups"]),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(PACKAGE.joinpath(name).read_text(encoding="utf-8"))


def _group(data: dict[str, Any], place_code: str, unit_numbers: Iterator[int]) -> Group:
    jobs = {key: Job(**job) for section in _toml("lists/jobs.toml").values() for key, job in section.items()}
    wage = data["wage"]
    return Group(
        key=data["key"],
        name=data["name"],
        membership_class=data["membership_class"],
        people=data["people"],
        programmes=tuple(data["programmes"]),
        payer=data["payer"],
        risk_group=data["risk_group"],
        listing=data["listing"],
        wage=WagePolicy(wage["base"], wage.get("region", place_code), wage.get("amount_rupiah")),
        budget=BudgetLine(**data["budget"]),
        offices=tuple(_offices(data, jobs, place_code, unit_numbers)),
        segments=tuple(Segment(job=jobs[item["key"]], **item) for item in data.get("segments", [])),
    )


def _offices(
    data: dict[str, Any], jobs: dict[str, Job], place_code: str, unit_numbers: Iterator[int]
) -> Iterator[Office]:
    """The offices of the file, then one for each kecamatan; NPP count on, behind letters no branch has."""
    described = list(data.get("offices", [])) + list(_district_offices(data, place_code))
    for office, number in zip(described, unit_numbers, strict=False):
        yield Office(
            name=office["name"],
            short=office["short"],
            npp=f"ZZ{place_code.replace('.', '')}{number:02d}",
            heads=office["heads"],
            units=tuple(office.get("units", [])),
            jobs=tuple(jobs[key] for key in office.get("jobs", data.get("jobs", []))),
            district_code=office.get("district_code"),
            joined=office.get("joined", True),
        )


def _district_offices(data: dict[str, Any], place_code: str) -> Iterator[dict[str, Any]]:
    """One office for each kecamatan: as the file describes it, or as the sender of village lists."""
    village_lists = {"name": "Kecamatan {name}", "short": "Kec. {name}"}
    pattern = data.get("districts") or (village_lists if data["listing"] == "village" else None)
    if pattern is None:
        return
    for code, name in regions.districts(place_code):
        units = [village.title for village in regions.villages(place_code) if village.district_code == code]
        yield pattern | {
            "name": pattern["name"].format(name=name),
            "short": pattern["short"].format(name=name),
            "heads": pattern.get("heads", len(units)),
            "units": units,
            "district_code": code,
        }
