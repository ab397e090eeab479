"""On what ground, and from which money: agreements (PKS, nota kesepakatan), funds, budget lines.

Words: an *agreement* says who is protected, in which programmes, on which wage base, from when; a *fund* is money
of one kind (APBD, DBHCHT, TPP ...), which is what the law calls the payer; a *budget line* is a part of a fund with
a ceiling for a year, often of one OPD. Asks of `places`: government and OPD.
"""
