"""Office files in and out: strangers' files become plain grids and rosters, our own forms become documents.

Nothing here stores anything or knows the other rooms; heavy libraries are imported inside the functions that need them.
"""
