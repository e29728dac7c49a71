"""Rights and roles within scopes, the viewer every read starts from, and the fence around company data.

Main words: right, role, grant, scope, viewer, fence. Roles are data (`content/reference/roles.yaml`); apps register
their rights in `registrations.py`.
"""
