"""The law held against worked cases, a slow twin and itself."""
