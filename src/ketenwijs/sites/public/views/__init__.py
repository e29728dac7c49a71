"""Pages of the public site by subject; everything on them is a published copy."""
