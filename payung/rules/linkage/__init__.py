"""Are these two rows one person? Proof first, then weights, then a person's look; identity is never guessed.

`exact` proves (one NIK, consistent, unique); `blocks` finds pairs worth a look, also over keyed hashes; `weighing` asks
Splink with the stored `model`; `tiers` says what may be called probable; `waterfall` says why; `linking` is the whole
cascade for two tables or one. It asks of others: `payung.rules.identity`.
"""
