"""When something happens: accidents, diseases, deaths, old age, from the first word of it to the money.

Words: a *case* is one event of one person; a *benefit* is one claim of a case, of a *kind* (a folder of `kinds/`).
An *assessment* is what the office holds of a benefit, proposed to a second person; the *answer* and the money are
those of BPJS, which decides and pays. Asks of `coverage` and `billing` what was paid, of `verification` what was
stated, of `savings` the JHT balance, of `rules/law` every amount and clock; of `ledger` its memorandum accounts.
"""
