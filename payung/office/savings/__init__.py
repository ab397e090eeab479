"""JHT accounts: what of each posted month is a member's savings, and what the savings earned.

Words: a *movement* adds to or takes from an account; a *crediting* is what one act added to a year of all accounts to
bring them up to what is posted and to the rates in force, so doing it twice adds nothing. A *rate* is the return of
one year as BPJS announced it, entered by the office and approved by a second person; a year without one earns
nothing, and every page says so. The money itself is kept and paid by BPJS: here is what it should be. Of billing this
room asks what was posted and billed, of the ledger its memorandum accounts.
"""
