"""Reviewed public copies: the only thing the public site reads.

Main words: publication, kind, key, payload, withdrawal, check code. A copy is never changed: a newer one
replaces it and taking it down is a record of its own. Apps register the kinds they publish, with the shape
of each.
"""
