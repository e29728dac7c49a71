"""Backup and restore of a whole installation: database and stored files from one point, with a list of what
is inside."""
