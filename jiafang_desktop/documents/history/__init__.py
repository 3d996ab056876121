"""Years before the program: ledgers and filled record forms of earlier years, read from plain grids into visits.

Pure functions over what the sandbox brought: nothing is opened, compared with stored visits or written here.
"""

from jiafang_desktop.documents.history.reading import read

__all__ = ["read"]
