"""Linkage: what is proved, what is likely, what a person must look at."""
