"""Data files as editions: parsed, checked with all faults at once, compared, applied, never changed once used.

Main words: kind, package, fault, edition. Knows no subject: apps register their kinds of file in `registrations.py`.
"""
