"""One file per field: which cells are right as they stand (found by columns, fast), and what the others hold.

Every check takes the frame of people and the findings, and gives the columns it answers for. Cells that are
right never pass through Python one by one; the rest are read once for each different text.
"""
