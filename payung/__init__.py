"""Payung ("umbrella"): a local government protects its workers with Jamsostek.

Three floors, one direction: `rules` (pure) < `office` (database) < `doors` (the world outside).
ARCHITECTURE.md is the map.
"""

__version__ = "0.1.0"
