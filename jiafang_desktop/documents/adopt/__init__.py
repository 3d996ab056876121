"""A county's own Word forms: places found by their labels, visible placeholders put there, filled afterwards.

Everything but those places stays as it was, byte for byte. Our own forms are forms' and ledgers'.
"""
