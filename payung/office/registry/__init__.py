"""Persons and the evidence about them; what binds them to Jamsostek; their jobs.

Words: a *person* is evidence about one human being, of one government; a *membership* binds a person to a class
(PU, BPU) and scheme, with a KPJ once BPJS issued one; a *job* is a dated post in an OPD with the wage paid and the
wage reported. The NIK is evidence, not identity: unique only when confirmed. Asks of `files`: the row a fact came
from; of `linkage` (rules): same, new, or a person must look.
"""
