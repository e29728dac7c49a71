"""The committee's own pages: overview, own key, key list, the yearly try of recovery, seats."""
