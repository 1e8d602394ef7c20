"""The JSON door under `/api/v1`: each route parses, acts through one action or overview, and answers."""
