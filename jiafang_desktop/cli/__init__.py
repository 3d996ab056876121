"""The command line: reads arguments, calls one service, prints what it gives. No rule of the office is decided here."""
