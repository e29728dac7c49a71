"""Operating a program: backup, restore, and the look at the tables before it serves.

Each program says in an `Installation` what is its own; making, restoring and checking are the same for both.
"""
