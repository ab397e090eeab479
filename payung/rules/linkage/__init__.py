"""Are these two rows one person? Exact and consistent first; what is not certain waits for a human.

Identity is never guessed: the answer is same, new, or *look* with the reason.
"""
