"""Bank statements of four formats in one normal form, and which payment belongs to which bill.

Words: a *line* is one movement on the bank's account, positive when money came in; its *identity* is what makes it the
same line in two files that overlap. Nothing here opens a file: it is given bytes or the rows of a table.
"""
