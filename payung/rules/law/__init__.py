"""What the regulations say on a given day.

Its words: a *figure* is one number of the law with its dates, citation and certainty; a *table*
(tables/*.toml) holds figures; the *statute* is all tables as known on some day; the *rulebook* is what
holds in one month; a *reading* is the choice taken where the law is doubtful; a *question* is one person's
month; a *refusal* is a question the law has no answer to.

It asks of others: `money` (whole rupiah, the scale of rates) and `months`. No database, no clock.
docs/law/index.md leads from each article to its table row and the function that reads it.
"""
