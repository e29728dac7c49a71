"""Pages of the governance of an agreement, by subject."""
