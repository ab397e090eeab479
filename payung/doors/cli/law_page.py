"""How `payung law owed` shows its answers on a terminal."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from payung.doors.cli.law_lists import Answered
from payung.rules.law.explain import Explanation
from payung.rules.law.narration import Doubt, Step
from payung.rules.law.words import Language, Words, words_in
from payung.rules.money import grouped, rupiah
from payung.rules.months import long_month

TITLE = Words(
    "Iuran {kind}, {month}, dana {payer}, dasar {base}", "{kind} contributions, {month}, {payer} money, base {base}"
)
HEAD = (
    Words("Program", "Programme"),
    Words("Pemberi kerja", "Employer"),
    Words("Pekerja", "Worker"),
    Words("Jumlah", "Sum"),
)
TOTAL = Words("Jumlah", "Total")
JKP = Words("JKP (tidak ditagih)", "JKP (not charged)")
CERTAINTY = Words("Kepastian: {certainty}.", "Certainty: {certainty}.")
DOUBTS = Words("Yang belum pasti:", "Not certain:")


def page(explained: Explanation, language: Language) -> str:
    """One answer as a table, the steps of each programme, and what is doubtful."""
    asked = explained.question
    month = long_month(asked.month) if language == "id" else str(asked.month)
    base = rupiah(explained.base_rupiah)
    return "\n".join(
        [
            TITLE.say(language, kind=asked.membership_class, month=month, payer=asked.payer, base=base),
            "",
            *_table(explained, language),
            *_steps(explained, language),
            "",
            *certainty_and_doubts(explained.certainty, explained.doubts, language),
        ]
    )


def _table(explained: Explanation, language: Language) -> Iterator[str]:
    lines = [tuple(word.say(language) for word in HEAD)]
    for name, owed in explained.programmes.items():
        lines.append((name, grouped(owed.employer), grouped(owed.worker), grouped(owed.employer + owed.worker)))
    whole = (explained.employer, explained.worker, explained.total)
    lines.append((TOTAL.say(language), *(grouped(amount) for amount in whole)))
    for name, *cells in lines:
        yield f"{name:<10}" + "".join(f"{cell:>16}" for cell in cells)


def _steps(explained: Explanation, language: Language) -> Iterator[str]:
    told: list[tuple[str, tuple[Step, ...]]] = [(name, owed.steps) for name, owed in explained.programmes.items()]
    if explained.jkp:
        told.append((JKP.say(language), explained.jkp))
    for heading, listed in told:
        yield ""
        yield heading
        yield from steps(listed, language)


def steps(listed: Sequence[Step], language: Language) -> Iterator[str]:
    """Each step with its formula, where it stands and how sure it is."""
    for step in listed:
        yield f"  {step.name}: {step.formula}"
        yield f"      {step.citation} ({_certainty(step.certainty, language)})"


def certainty_and_doubts(certainty: str, doubts: Sequence[Doubt], language: Language) -> Iterator[str]:
    """How sure the answer is, and why not surer."""
    yield CERTAINTY.say(language, certainty=_certainty(certainty, language))
    yield from _doubts(doubts, language)


def _doubts(doubts: Sequence[Doubt], language: Language) -> Iterator[str]:
    if doubts:
        yield DOUBTS.say(language)
    for doubt in doubts:
        choice = f" [--reading {doubt.id}={'|'.join(doubt.options)}]" if doubt.options else ""
        yield f"  {doubt.id}: {doubt.reason}{choice}"


def _certainty(certainty: str, language: Language) -> str:
    return words_in("phrases.toml")[f"certainty {certainty}"].say(language)


def report(answered: Answered, doubts: Sequence[Doubt], out: Path, *, as_json: bool, language: Language) -> None:
    """Refused rows and doubts on standard error, a summary (or JSON) on standard output."""
    for refused in answered.refused:
        sys.stderr.write(f"baris {refused.row} (data ke-{refused.row - 1}): {refused.reason}\n")
    for line in _doubts(doubts, language):
        sys.stderr.write(f"{line}\n")
    if as_json:
        summary = {
            "out": str(out),
            "rows": answered.frame.height,
            "refused": [asdict(refused) for refused in answered.refused],
            "doubts": [asdict(doubt) for doubt in doubts],
        }
        print(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        rows, refused_rows = grouped(answered.frame.height), grouped(len(answered.refused))
        print(f"{out}: {rows} baris, {refused_rows} ditolak.")
