"""One module per chapter of the contract: each adds its verbs to the parser and says how to run and show them."""
