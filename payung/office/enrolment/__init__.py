"""From a list to protected people: lists received, the plan they imply, membership spells.

Words: a *list* is a reading of a file that somebody handed in for an OPD, an agreement and a month, either
*complete* or *additions*; a *plan* says what would change, item by item, before anything does; a *spell* is
membership × programmes × payer × ground, from a month until a month. Asks of `files`, `registry`, `agreements`,
`approvals`.
"""
