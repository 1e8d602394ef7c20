"""WHEN IS CARE DUE? Open this to change how a protocol and a history become a calendar."""
