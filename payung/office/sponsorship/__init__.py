"""Civil servants (ASN) who carry a worker: the circular, the pledges, the month's deductions from TPP.

Words: a *circular* asks civil servants to sponsor and says how; a *pledge* binds one sponsor and one worker; an *order*
is the pledge standing over whole months in one OPD (a pause is a gap between two orders); a *deduction* is what an
order asks for one month, *taken* what the OPD really deducted. An order has its twin in enrolment, a spell whose ground
is the circular: the worker is enrolled as everybody is. Of billing this room asks that money be received; it bills
nothing itself. What a sponsor has not paid is his arrears: it ends nobody's cover here.
"""
