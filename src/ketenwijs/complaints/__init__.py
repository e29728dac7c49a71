"""The second program: complaints and disputes, sealed. Own settings, database, keys, users, process and host name.

Uses foundation code with its own tables; nothing imports it, and it imports nothing of domain and sites.
Packages, lowest first: sealing (pure), committee, cases, intake, register.
"""
