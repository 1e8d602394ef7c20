"""The laboratory, pure: what is measured, and what a value on a sheet amounts to."""
