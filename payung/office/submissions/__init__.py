"""What goes to BPJS this month, in which file, and what came back.

Words: a *submission* is the set of a payment unit and month, in versions; an *item* is one member in one file of it,
open until BPJS answers; a *reply* is a file of theirs; a *task* is what a person has to do about it.
"""
