"""Small things every room may use: errors, the clock, places on disk, progress, Chinese text.

No policy, no storage and no windows belong here.
"""
