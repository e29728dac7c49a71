"""Backup and restore of the complaints program, and the list of erased cases that no backup may bring back.

In an archive stands what stands in the database and the folder of sealed files: ciphertext, codes, weeks, members' names.
"""
