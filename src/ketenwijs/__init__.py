"""Ketenwijs: software that runs sector agreements on responsible business.

`foundation` holds tools without one due-diligence word, `domain` one app per subject,
`sites` the places where people look in, `config` the only place that knows all of them.
"""

__version__ = "0.1.0"
