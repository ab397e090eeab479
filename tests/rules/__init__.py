"""The pure floor: no database is ever asked for here."""
