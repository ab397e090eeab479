"""A demonstration copy: the whole installation with a synthetic twin in place of everything personal."""
