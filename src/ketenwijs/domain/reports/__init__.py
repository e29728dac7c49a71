"""Figures and the annual report: indicators as stored queries, suppression, releases that can be reproduced.

Main words: indicator, figure, base, release. Texts and order of a report are content.
"""
