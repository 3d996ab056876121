"""Rosters in strangers' spreadsheets: finding the sheet, the header, the columns and the people (see reading).

Pure functions over grids; opening files is sandbox's, comparing with stored people is domain.identity's.
"""

from jiafang_desktop.documents.rosters.reading import read

__all__ = ["read"]
