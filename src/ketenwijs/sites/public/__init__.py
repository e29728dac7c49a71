"""The public site: register, plans, quarry areas, extracts for buyers, figures, reports, open data.

Reads published copies and reference data only; whatever is not published cannot appear here.
"""
