"""Reads and validates `config/`: open this to see how reviewed files become protocols, a dictionary and texts."""

from monitor.catalog.catalog import CONFIG_DIR, Catalog, load_catalog

__all__ = ["CONFIG_DIR", "Catalog", "load_catalog"]
