"""Uploads: checked, cleaned, kept outside the web root and opened only by those who may.

Main words: stored file, purpose, owner, quarantine. Apps register purposes in `registrations.py` and hand
files to `services.store` from their own services; a purpose says who may read.
"""
