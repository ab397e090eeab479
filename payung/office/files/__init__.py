"""What arrived, kept as it came: files by hash, and what was read in them.

Words: a *file* is known by the hash of its bytes and kept sealed; a *reading* is what the roster found in it
for one purpose (class, date, place): its rows with a verdict each, and its findings. Asks of `places`: the
government; of `access`: sealing. Reading itself is `rules/roster`.
"""
