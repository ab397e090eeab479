"""Who may do what, and the record of who did it.

Words: a *role* is one of the list in DECISIONS.md; a *deed* is something a role may do; the *audit* is
the append-only record of every deed; a *mark* is an identity mark (NIK, KK, KPJ, phone), sealed at rest.
Which *area* a user sees is the next room's question (`places`). Asks nothing of other rooms.
"""
