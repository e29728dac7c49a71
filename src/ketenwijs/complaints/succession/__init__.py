"""Handing open cases to a successor body when an agreement ends (security.md 4.8): re-sealed, and only with consent.

Main words: body (who goes on), statement (what two members sign about it), consent, handing (a case that went over).
"""
