"""Pages of members who hand over, and of the person whose case it is."""
