"""Was this membership covered on this day, by whom, and why? Asked on demand, never stored.

Words: *planned*, *confirmed*, *in grace until*, *lapsed since*, *ended*, *never*. Asks of `enrolment`: spells; of
`billing`: postings; of `rules/law`: grace and lapse.
"""
