"""What the policy says, as frozen dataclasses and pure functions.

Standard library and ``common`` only; no files, no database, no windows.
"""
