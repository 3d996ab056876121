"""The unit's own papers: summaries, minutes, lists, reports, laid out by GB/T 9704-2012 as Word documents and sheets.

What they say is decided in services; nothing here knows the store or windows. The two official forms have rooms of
their own beside this one.
"""
