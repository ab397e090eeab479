"""The pure floor: law, identity, rosters, linkage. No Django, no database, no clock.

Other offices may use it alone: `payung law`, `payung roster` and `payung link` import nothing else.
"""
