"""What can be claimed: a folder for each kind, data alone. Adding a kind is adding a folder (`catalogue` reads it)."""
