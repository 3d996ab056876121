"""诉求 in strangers' tables: rows of people with what they ask for. Reading only; who is new is decided in services."""

from jiafang_desktop.documents.concerns.reading import ConcernReading, FoundConcern, bare_mark, pasted, read

__all__ = ["ConcernReading", "FoundConcern", "bare_mark", "pasted", "read"]
