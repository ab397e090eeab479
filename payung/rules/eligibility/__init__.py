"""Who may be taken into a programme for vulnerable workers, and why not: rules as data over columns.

Words: a *rule* is one line of a programme (age, domicile, work ...) with its parameters and its severity; a *reason*
is what a rule says of one candidate, in the fixed order of `reasons.toml`; an *outcome* is valid, ask or out. What is
not known is asked, never guessed. A *segment* is a kind of work as the decree names it. Knows no one but `months`.
"""
