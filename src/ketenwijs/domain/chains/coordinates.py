"""Whether coordinates that somebody typed can be true."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from ketenwijs.domain.chains import choices
from ketenwijs.domain.reference.selectors import may_lie_in
from ketenwijs.foundation.ui.errors import Sentence


def wrong_coordinates(country: str, latitude: Decimal | None, longitude: Decimal | None) -> dict[str, Sentence]:
    """What is wrong with coordinates in decimal degrees, by field: one of the two missing, off the earth, or not in the
    country (ISO 3166-1; empty where nobody stated one).
    """
    if latitude is None and longitude is None:
        return {}
    if latitude is None or longitude is None:
        return {"longitude": _("Fill in both coordinates, or neither.")}
    if abs(latitude) > 90 or abs(longitude) > 180:
        return {"latitude": _("Degrees run from -90 to 90 for latitude and from -180 to 180 for longitude.")}
    if not may_lie_in(country, float(latitude), float(longitude)):
        text = _("These coordinates do not lie in %(country)s. Check the order, the sign, or the country.")
        return {"latitude": text % {"country": choices.country_name(country)}}
    return {}
