"""What is typed about a scenario: people, months, money."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_agreements import FUND_KINDS, WAGE_BASES
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area
from payung.office.planning.actions import LARGEST_RUPIAH, NewScenario
from payung.office.planning.pools import Past
from payung.rules.eligibility.segments import segment_of
from payung.rules.money import LARGEST_WAGE_RUPIAH
from payung.rules.months import Month
from payung.rules.planning.expected import PER, Rates
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group, sector_of, turn_rules

LINE = re.compile(r"^(?P<name>.*?\D)\s*[:;,\t ]\s*(?P<heads>\d[\d.]*)\s*(?:orang)?$")
LONGEST_NAME = 60
PROGRAMMES = {
    "JKK": word("JKK: kecelakaan kerja"),
    "JKM": word("JKM: kematian"),
    "JHT": word("JHT: tabungan hari tua"),
}
CLASSES = {
    "BPU": word("Pekerja rentan (BPU): dibayari, tanpa upah dari pemerintah"),
    "PU": word("Pegawai non-ASN (PU): digaji pemerintah daerah"),
}
RATES = {
    "none": word("Tidak dihitung"),
    "past": word("Dari catatan kantor ini sendiri, 12 bulan terakhir"),
    "entered": word("Saya isi, dengan sumbernya"),
}
PER_THOUSAND = PER // 1000


def month_field(label: str, **options: Any) -> forms.CharField:
    """A month, chosen or typed."""
    return forms.CharField(label=label, max_length=7, widget=forms.TextInput(attrs={"type": "month"}), **options)


def _rate(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=8, required=False, help_text=word("Misalnya 3,5."))


class ScenarioForm(forms.Form):
    """Everything one asks of a budget; what a section does not need may stay empty."""

    title = forms.CharField(
        label=word("Nama skenario"), max_length=120, help_text=word("Misalnya “12 bulan, petani dulu”.")
    )
    membership_class = forms.ChoiceField(label=word("Siapa"), widget=forms.RadioSelect, initial="BPU")
    decree = forms.ModelChoiceField(
        Decree.objects.none(), label=word("Calon dari program"), required=False,
        help_text=word("Calon yang memenuhi syarat dihitung sekarang. Kosong: tulis jumlahnya di bawah."),
    )  # fmt: skip
    counts = forms.CharField(
        label=word("Jumlah orang"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=word("Satu baris satu kelompok: nama kelompok lalu jumlahnya, misalnya “Petani 28800”."),
    )  # fmt: skip
    turn_rule = forms.ChoiceField(
        label=word("Siapa didahulukan bila anggaran kurang"), widget=forms.RadioSelect, initial="most-people"
    )
    first = month_field(word("Mulai bulan"))
    last = month_field(word("Sampai bulan"))
    payer = forms.ChoiceField(label=word("Sumber dana"))
    budget = forms.IntegerField(label=word("Anggaran tahun pertama (Rp)"), min_value=1, max_value=LARGEST_RUPIAH)
    budget_later = forms.IntegerField(
        label=word("Anggaran tiap tahun sesudahnya (Rp)"), min_value=1, max_value=LARGEST_RUPIAH, required=False,
        help_text=word("Bila rencana lebih dari satu tahun. Kosong: sama dengan tahun pertama."),
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label=word("Program"), widget=forms.CheckboxSelectMultiple, initial=["JKK", "JKM"]
    )
    wage_base = forms.ChoiceField(label=word("Dasar upah atau penghasilan"), initial="nominal")
    wage_rupiah = forms.IntegerField(
        label=word("Jumlahnya sebulan (Rp)"), min_value=1, max_value=LARGEST_WAGE_RUPIAH, required=False,
        help_text=word("Hanya bila dasarnya sebuah jumlah. Pekerja rentan biasanya Rp1.000.000."),
    )  # fmt: skip
    budget_code = forms.CharField(label=word("Kode rekening untuk RKA"), max_length=60, required=False)
    rates = forms.ChoiceField(label=word("Perkiraan santunan"), widget=forms.RadioSelect, initial="none")
    deaths = _rate(word("Kematian per 1.000 peserta setahun"))
    accidents = _rate(word("Kecelakaan kerja per 1.000 peserta setahun"))
    accident_mean = forms.IntegerField(
        label=word("Biaya rata-rata satu kecelakaan (Rp)"), min_value=0, max_value=LARGEST_RUPIAH, required=False
    )
    rates_source = forms.CharField(label=word("Sumber angka itu"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, area: Area, past: Past | None) -> None:
        super().__init__(data, initial={"wage_rupiah": 1_000_000})
        self.area, self.past = area, past
        own = Decree.objects.filter(government=area.government).order_by("-effective_from", "pk")
        self.fields["decree"].queryset = own  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["decree"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]  # as above
        self.fields["decree"].empty_label = t("Tulis jumlah orang sendiri")  # type: ignore[attr-defined]  # as above
        for name, choices in self._choices(language()).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField

    def _choices(self, spoken: str) -> dict[str, list[tuple[str, str]]]:
        rates = {code: text for code, text in RATES.items() if code != "past" or (self.past and self.past.rates)}
        return {
            "membership_class": [(code, t(text)) for code, text in CLASSES.items()],
            "turn_rule": [
                (rule.code, f"{rule.title[spoken]}: {rule.reason[spoken]}") for rule in turn_rules().values()
            ],
            "payer": [(code, t(text)) for code, text in FUND_KINDS.items()],
            "programmes": [(code, t(text)) for code, text in PROGRAMMES.items()],
            "wage_base": [(code, t(WAGE_BASES[code])) for code in ("nominal", "UMK", "UMP")],
            "rates": [(code, t(text)) for code, text in rates.items()],
        }

    def clean_first(self) -> Month:
        return _month(self.cleaned_data["first"])

    def clean_last(self) -> Month:
        return _month(self.cleaned_data["last"])

    def clean_counts(self) -> tuple[Group, ...]:
        """ "Petani 28.800" a line. A name that is a known kind of work gets its sector of the law."""
        return tuple(_groups(self.cleaned_data["counts"]))

    def clean_deaths(self) -> int:
        return _per_million(self.cleaned_data["deaths"])

    def clean_accidents(self) -> int:
        return _per_million(self.cleaned_data["accidents"])

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        told = super().clean() or {}
        if not told.get("decree") and not told.get("counts") and "counts" not in self.errors:
            self.add_error("counts", t("Pilih sebuah program, atau tulis jumlah orangnya."))
        if told.get("wage_base") == "nominal" and not told.get("wage_rupiah"):
            self.add_error("wage_rupiah", t("Isi jumlahnya, atau pilih UMK atau UMP."))
        if told.get("rates") == "entered" and not told.get("rates_source"):
            self.add_error("rates_source", t("Sebut dari mana angka itu, misalnya nomor surat cabang."))
        return told

    def scenario(self) -> NewScenario:
        """What the form asks for."""
        told = self.cleaned_data
        first, last = told["first"], told["last"]
        later = told["budget_later"] or told["budget"]
        return NewScenario(
            title=told["title"],
            first=first,
            last=last,
            terms=self._terms(),
            turn_rule=told["turn_rule"],
            budgets={
                year: told["budget"] if year == first.year else later for year in range(first.year, last.year + 1)
            },
            groups=() if told["decree"] else told["counts"],
            decree=told["decree"],
            budget_code=told["budget_code"],
            rates=self._rates(),
        )

    def _terms(self) -> Terms:
        told, code = self.cleaned_data, self.area.government.code
        base = told["wage_base"]
        return Terms(
            membership_class=told["membership_class"],
            programmes=tuple(name for name in PROGRAMMES if name in told["programmes"]),
            payer=told["payer"],
            wage_base=base,
            wage_base_place={"UMK": code, "UMP": code.partition(".")[0]}.get(base, ""),
            wage_rupiah=told["wage_rupiah"] if base == "nominal" else None,
        )

    def _rates(self) -> Rates | None:
        told = self.cleaned_data
        if told["rates"] == "entered":
            return Rates(told["deaths"], told["accidents"], told["accident_mean"] or 0, told["rates_source"])
        own = self.past.rates if self.past and told["rates"] == "past" else None
        return (
            None
            if own is None
            else Rates(
                own.deaths_per_million, own.accidents_per_million, own.accident_mean_rupiah, past_said(self.past)
            )
        )


def past_said(past: Past | None) -> str:
    """Where rates of one's own come from, as a paper says it."""
    assert past is not None
    return t(
        "Catatan kantor ini {first}–{last}: {deaths} kematian, {accidents} kecelakaan kerja, {months} orang-bulan",
        first=past.first, last=past.last, deaths=past.deaths, accidents=past.accidents, months=past.person_months,
    )  # fmt: skip


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as unread:
        raise forms.ValidationError(t("Tulis bulan seperti 2026-04.")) from unread


def _groups(text: str) -> Iterator[Group]:
    for line in filter(None, map(str.strip, text.splitlines())):
        read = LINE.match(line)
        heads = int(read["heads"].replace(".", "")) if read else 0
        if read is None or not 0 < heads <= 10_000_000:
            raise forms.ValidationError(
                t("Baris “{line}” tidak terbaca. Tulis nama kelompok lalu jumlahnya.", line=line)
            )
        name = read["name"].strip(" :;,\t")[:LONGEST_NAME]
        segment = segment_of(name) or name
        yield Group(heads, segment, sector_of(segment))


def _per_million(text: str) -> int:
    """ "3,5" of a thousand -> 3500 of a million."""
    if not text.strip():
        return 0
    try:
        found = Decimal(text.strip().replace(",", ".")) * PER_THOUSAND
    except InvalidOperation as unread:
        raise forms.ValidationError(t("Tulis angka, misalnya 3,5.")) from unread
    if not 0 <= found <= PER:
        raise forms.ValidationError(t("Tulis angka antara 0 dan 1.000."))
    return int(found)
