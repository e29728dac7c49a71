"""One app per subject of the yearly round; docs/architecture.md says who may lean on whom."""
