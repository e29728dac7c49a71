"""Contracting authorities at work: their questions to the secretariat, counted by kind.

Main words: enquiry. The register and its extracts are public copies in `publishing`.
"""
