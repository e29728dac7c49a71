"""The register of the first day as a sheet: its columns, reading it, checking it row by row, and the empty
template.
"""
