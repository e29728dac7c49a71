"""Organisations and their people: companies, contracting authorities, parties, supporters.

Main words: organisation, identifier, contact. Leans on reference; agreements lean on it.
"""
