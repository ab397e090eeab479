"""Faults put into a running installation on purpose: processes killed, a full disk; and what must hold afterwards."""
