"""The committee's own pages: overview, own key, key list, seats."""
