"""Pages of agreements: reading (agreement, members), changing a membership, the register of the first day."""
