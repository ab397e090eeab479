"""Lists of others held against the registry: members of BPJS, answers of Dukcapil, deciles of DTSEN, deaths.

Words: a list is *told on* a day; each of its rows is *matched* with one person, *waits* for a person to decide who it
is, or is *unknown*. What a list tells changes nobody: the dead lead to plans. Asks of `files`, `registry`, `enrolment`.
"""
