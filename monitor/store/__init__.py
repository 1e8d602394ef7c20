"""One file per noun: its table, its invariants as constraints, and the functions that read and write its rows."""
