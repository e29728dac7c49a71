"""Pages of the secretariat, of a firm, of a party, and for everybody."""
