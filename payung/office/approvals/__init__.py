"""A second pair of eyes: propose, revise, approve, refuse. Maker and checker are never the same person.

Words: a *proposal* is what somebody asks for, in numbered versions; a *statement* is what somebody said of one of
them, added once and never changed; a *step* says how many of which *deciders* must agree, each up to a limit;
a *delegation* lends one's voice for some days; a *freeze* is when nothing of a kind is approved. Without steps, any one
user with the deed decides. Subjects (a plan, a bill) point to their proposal; the room that owns the subject carries
it out. The rules live in the database (`approvals_obstacle`), so that pages, jobs and consoles obey the same ones.
Asks of `places`: the government, who sees which area; of `access`: users and their deeds.
"""
