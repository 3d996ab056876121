"""Every figure the documentation quotes, with the peer run beside it in the same minutes on the same machine.

Only ratios are goals; the machine's own speed is not. Nothing here is a test, and the application knows nothing of it.
"""
