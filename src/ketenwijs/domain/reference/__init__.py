"""Code lists that all agreements share: countries, materials, themes, stages, kinds of site and of
organisation.

Main words: country, material, theme, stage, site kind, organisation kind. Everything is read from
`content/reference`.
"""
