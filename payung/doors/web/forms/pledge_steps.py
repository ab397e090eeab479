"""What an OPD types about a pledge that stands: until when, who carries on, what happened."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import OpdChoice, choice, row_choice
from payung.doors.web.forms.contribution import MonthField
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.pledges import MonthOrNone, PledgeForm
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_sponsorship import EVENT_KINDS
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in
from payung.office.sponsorship.events import OF_SPONSOR, OF_WORKER
from payung.rules.months import Month

STOP, PAUSE, RESUME, HAND_OVER = "stop", "pause", "resume", "hand_over"
STEPS = {
    STOP: word("Hentikan"),
    PAUSE: word("Jeda, lalu lanjut sendiri"),
    RESUME: word("Lanjutkan"),
    HAND_OVER: word("Alihkan ke ASN lain"),
}


class StepForm(forms.Form):
    """Stop, pause, resume, hand over."""

    step = forms.ChoiceField(label=word("Langkah"))
    last = MonthOrNone(
        label=word("Bulan potongan terakhir"), required=False, help_text=word("Bulan ini masih dipotong.")
    )
    resume = MonthOrNone(
        label=word("Lanjut mulai bulan"), required=False, help_text=word("Untuk jeda dan untuk melanjutkan.")
    )
    nip = forms.CharField(
        label=word("NIP penanggung baru"), max_length=25, required=False,
        help_text=word("Untuk pengalihan. Ia menandatangani suratnya sendiri."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, month: Month) -> None:
        super().__init__(data, initial={"last": str(month), "resume": str(month.shift(2))})
        choice(self, "step").choices = [(code, t(text)) for code, text in STEPS.items()]

    def clean(self) -> dict[str, Any]:
        """Each step with what it needs."""
        told = super().clean() or {}
        step = told.get("step")
        needed = {STOP: ("last",), PAUSE: ("last", "resume"), RESUME: ("resume",), HAND_OVER: ("last", "nip")}
        for name in needed.get(step or "", ()):
            if name not in self.errors and not told.get(name):
                self.add_error(name, t("Isi untuk langkah ini."))
        if step == PAUSE and not self.errors and told["resume"] <= told["last"].shift(1):
            self.add_error("resume", t("Jeda paling sedikit satu bulan: pilih bulan yang lebih akhir."))
        return told


class SwapForm(PledgeForm):
    """Another worker in place of this one."""

    last = MonthField(label=word("Bulan potongan terakhir untuk pekerja lama"))
    field_order = ["last"]

    def __init__(self, data: Any = None, *, month: Month) -> None:
        super().__init__(data, own=True, month=month)
        self.fields["last"].initial = str(month)
        for name in ("sector", "with_jht", "month", "until"):
            del self.fields[name]


class HappenedForm(forms.Form):
    """What happened to the sponsor or the worker, and when."""

    kind = forms.ChoiceField(label=word("Kejadian"))
    on = day_field(word("Tanggal"))
    opd = OpdChoice(Opd.objects.none(), label=word("Pindah ke OPD"), required=False)

    def __init__(self, data: Any = None, *, area: Area, today: date, of_worker: bool = True) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        kinds = (*OF_SPONSOR, *OF_WORKER) if of_worker else OF_SPONSOR
        choice(self, "kind").choices = [(code, t(EVENT_KINDS[code])) for code in kinds]
        row_choice(self, "opd").queryset = opds_in(area)

    def clean(self) -> dict[str, Any]:
        """A day that was, and where to for a transfer."""
        told = super().clean() or {}
        if told.get("on") and told["on"] > self.today:
            self.add_error("on", t("Pilih tanggal sampai hari ini."))
        if told.get("kind") == "moved" and not told.get("opd"):
            self.add_error("opd", t("Pilih OPD barunya."))
        return told
