"""Reports about sites of the demonstration agreement: invented, labelled as example, sent and handled by ordinary services."""

from __future__ import annotations

from datetime import date, timedelta

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.sitereports import selectors, services
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.services import Sender, Told
from ketenwijs.foundation.access.viewer import Viewer, visitor

SENDER = Sender(
    language="nl", name="Voorbeeldvereniging Steen en Mens (voorbeeld)", email="vereniging@voorbeeld.example"
)
# Days ago, country, place, site, kind, themes, what was seen.
REPORTS: tuple[tuple[int, str, str, str, str, tuple[str, ...], str], ...] = (
    (3, "IN", "Kolar", "Voorbeeldgroeve aan de oude weg", "quarry", ("child_labour",),
     "Voorbeeld: in de ochtend dragen kinderen kleine stenen naar de weg. Wij zagen dit op twee dagen achter elkaar."),
    (20, "CN", "Xiamen", "Voorbeeldzagerij", "factory", ("health_safety",),
     "Voorbeeld: er wordt droog gezaagd, zonder afzuiging. Het stof ligt op de straat voor de poort."),
    (75, "VN", "Quy Nhon", "", "", ("living_environment", "water"),
     "Voorbeeld: slib van een groeve loopt bij regen in de beek waaruit het dorp drinkt."),
)  # fmt: skip
ANSWER = "Voorbeeld: wij hebben dit nagegaan. Er komt een bezinkbak; in het voorjaar kijken wij of die er is."


def fill_reports(agreement: Agreement, *, lead: Viewer, today: date) -> None:
    """One report that waits, one that is being looked into, one that was answered. The caller puts up the lead's fence."""
    for number, (ago, country, place, site, kind, themes, seen) in enumerate(REPORTS):
        told = Told(country=country, place=place, site_name=site, site_kind=kind, themes=themes, seen=seen)
        day = today - timedelta(days=ago)
        services.send(
            actor=visitor(), agreement=agreement, told=told, sender=SENDER, once=f"demonstration {number}", today=day
        )
    _waiting, looked_into, answered = _newest_first(lead, agreement)
    for report in (looked_into, answered):
        services.check(actor=lead, report=report, today=report.received_on + timedelta(days=2))
    services.answer(actor=lead, report=answered, text=ANSWER, today=answered.received_on + timedelta(days=40))


def _newest_first(lead: Viewer, agreement: Agreement) -> list[SiteReport]:
    return list(selectors.reports_of(lead, agreement).order_by("-received_on"))
