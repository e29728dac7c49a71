"""Who did what, in order, provably unchanged.

Main words: entry, chain, detail. Every service writes here in the same transaction as its change; apps register
their event types in `registrations.py`; the journal knows none of them.
"""
