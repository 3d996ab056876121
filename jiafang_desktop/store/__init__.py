"""The encrypted data folder: log, fold, lists, search, drafts, scans. Only this room knows the database.

Rules of the office stand in domain and services; Office files and packages are other rooms'.
"""

from jiafang_desktop.store.store import Store

__all__ = ["Store"]
