"""Governments, their OPD and payment units; who may see which area.

Words: a *government* is a kota or kabupaten, strictly apart from every other; an *OPD* is one of its
offices; a *payment unit* is what BPJS invoices (an NPP, or a BPU group); OPD and unit are many to many,
dated. An *area* is what a user sees: a whole government, or one OPD of it. Asks of `access`: users.
"""
