"""Roster: any workbook of workers becomes typed rows and findings. Nothing about a person is guessed.

`reading.read(path)` opens the file in a child process and gives a `Workbook` or raises `UnreadableWorkbook`;
`checking.check(workbook, on=..., membership_class=...)` gives rows and findings; `sentences.sentence(...)`
says a finding to the clerk. An unknown sheet: `proposing.propose(sheet)` says what its columns may hold, and the
`mapping.Mapping` a person confirms goes into `check`; `recognising.layout_of(sheet)` names a known layout. Then:
`nik_candidates` for damaged NIKs, `differences.compare` for a corrected upload, `monthly.read_update` for what changed
in a month. Pure: no database, no clock.

Its words: a *finding* names a place in the sheet, a code and what was read there; its *severity* is reject,
human, repaired or warning, and the worst of a row is its *verdict*; a *layout* says which column holds
which field; a *block* is one header with the rows under it. `findings.toml` is the authority on codes and
sentences, `layouts/` on headers. It asks of others: `payung.rules.identity`.
"""
