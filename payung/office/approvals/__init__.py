"""A second pair of eyes: propose, approve, refuse. Maker and checker are never the same person.

Words: a *proposal* is what somebody asks for; a *decision* is what another person said of it, added once and
never changed. Subjects (a plan, a bill) point to their proposal; the room that owns the subject carries it out.
Asks of `places`: the government; of `access`: users.
"""
