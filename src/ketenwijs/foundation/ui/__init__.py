"""How pages look: base templates, parts, forms, charts, navigation, what is due, error pages.

Knows no subject.

Main words: page, part, menu item, due item, tone.
"""
