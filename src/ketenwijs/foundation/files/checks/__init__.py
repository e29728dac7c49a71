"""Checks of content, one module per family of files. They know no settings, no database and no request.

Each takes the bytes and gives back the bytes to keep (cleaned where the family allows it) or raises
`Refused`.
"""
