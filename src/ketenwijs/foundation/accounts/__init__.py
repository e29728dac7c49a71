"""People who sign in: the Person, sign-in with second factor, invitations.

Main words: person, invitation. Knows mail and ui; organisations and contact roles live in `participants`,
rights in `access`.
"""
