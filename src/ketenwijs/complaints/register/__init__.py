"""The public register: composition, procedure, running cases, rulings, counts. Only released copies are shown.

Main words: release (a frozen copy), ruling (its public version), tally (that a case was, nothing of it).
"""
