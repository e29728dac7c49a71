"""Forms of the governance pages, by subject."""
