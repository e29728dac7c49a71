"""Pages without account, one module per part of the way."""
