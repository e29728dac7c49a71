"""The committee: seats, members' keys, the signed list of keys, who acts.

Main words: seat, member key, key list, fingerprint. Leans on sealing only.
"""
