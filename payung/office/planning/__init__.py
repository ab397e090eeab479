"""Plans: what a budget would buy, kept as scenarios that stand side by side.

A scenario holds what was asked (terms, months, budgets, people as counts, a rule of turns); what it buys is reckoned
anew by `rules/planning` whenever it is looked at, under the law and the readings of the day. Asks verification for
the pool of a decree, reports and claims for the office's own past.
"""
