"""Backups: the whole database of one moment in one file, its identity keys in another, and the way back from both."""
