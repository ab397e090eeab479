"""Every address, by the part of the work it belongs to: its view, its name, and what it needs."""
