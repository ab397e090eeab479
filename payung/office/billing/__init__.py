"""The month's bills and what became of them: bills, lines, payments, posting confirmations.

Words: a *bill* is payment unit × budget line × class × month, with a line per membership and month it is for; it
holds *owed minus already billed* over all open months, so that late lists and corrections become adjustment lines; a
*run* makes a month's bills as a draft that a second person approves; *paid* and *posted* are derived, never stored.
Asks of `enrolment`: spells; of `rules/law`: what is owed; of `ledger`: journals.
"""
