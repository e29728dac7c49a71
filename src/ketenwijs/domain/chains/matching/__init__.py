"""Finds which rows of a new list are sites of a register, with a probability and the reasons.

Knows nothing of the rest of the system: no database, no settings, no translations. Way of a row: `records`,
`romanising` and `normalising` (Latin letters, one spelling per sound), `forms`, `candidates` (search by runs of three
signs), `features` and `alignment` (what agrees), `scoring` (a small learned model), `linking` (the decision),
`explaining`. `pairing` does it for files. Imports numpy and scipy: import it when matching runs, not at start.
"""
