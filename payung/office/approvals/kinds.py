"""What is decided here, and the deed that deciding on it needs. A kind that is not here cannot be proposed."""

from payung.office.access.roles import Deed

DEED = {
    "plan": Deed.APPROVE_PLAN,
    "bill": Deed.APPROVE_BILL,
    "refund": Deed.APPROVE_BILL,
    "decree": Deed.APPROVE_DECREE,
    "correction": Deed.ANSWER_REQUESTS,
    "merge": Deed.APPROVE_PLAN,
    "jht_rate": Deed.APPROVE_BILL,
    "payer": Deed.APPROVE_PLAN,
    "claim": Deed.APPROVE_CLAIM,
    "ending": Deed.APPROVE_CLAIM,
}
"""Kind of proposal -> the deed its deciders must be allowed. Rooms to come add their line."""
