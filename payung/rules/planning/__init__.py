"""What a budget buys: whom in which turn, for how many months, at what the law asks, and what it is worth to them.

Pure: counts of people, a budget a year and the law's own answers go in; heads, rupiah, and what the family of one of
them would get in each month come out. Nothing is assumed about deaths or accidents: their rates are handed in.
"""
