"""Tools without one due-diligence word.

Later ones may use earlier ones: ui, mail, accounts, journal, access, states, content, files, publishing.
"""
