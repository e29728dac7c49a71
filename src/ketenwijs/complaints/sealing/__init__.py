"""Sealing: receipts, age envelopes, signed and chained payloads, key lists. Pure: no database, settings or requests.

Main words: receipt, identity (private), recipient (public), envelope (an age file), payload, key list, fingerprint.
"""
