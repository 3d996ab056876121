"""The ledger and record forms of leading cadres' home visits: everything but the windows.

The rooms and the doors between them are described in docs/architecture.md; import-linter holds them.
"""

__version__ = "0.1.0"
