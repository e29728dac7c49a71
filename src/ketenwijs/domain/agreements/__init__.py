"""Sector agreements, who takes part in them and since when, and their published figures.

Main words: agreement, term, membership, group, level, report year, duty, observation. What an agreement says
is content; this app holds what happened. `parts.py` is where apps register what a member hands in each year.
"""
