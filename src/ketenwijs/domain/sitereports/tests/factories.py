"""A quarry that two members use, a report about it, and how far it was worked through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.tests.factories import staff
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.chains.tests.register import Firm, Register, register_of
from ketenwijs.domain.sitereports import selectors, services
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.domain.sitereports.services import Receipt, Sender, Told
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import Viewer, visitor

TODAY = date(2025, 10, 15)
SENDER, ADDRESS = "Kanarie Afzender Vereniging", "kanarie@sender.example"
SEEN = "Kanarie verhaal: children of about ten years old carry small stones to the road every morning before school."
QUESTION = "What do you know about who works at this quarry, and how did you find out?"
ANSWER = "We put this to those who buy at the place you reported. They looked into it and agreed on steps."
NAMES = ("Kanarie Graniet BV", "Kanarie Leisteen N.V.", "Kanarie Natuursteen")


@dataclass
class Case:
    """One report with everybody around it."""

    register: Register
    location: SharedSite
    report: SiteReport
    receipt: Receipt

    @property
    def agreement(self) -> Agreement:
        """The agreement it is about."""
        return self.register.agreement

    @property
    def lead(self) -> Viewer:
        """Somebody of the secretariat."""
        return self.register.lead

    @property
    def firms(self) -> list[Firm]:
        """Members that use the quarry; the last one does not."""
        return self.register.firms

    def again(self) -> SiteReport:
        """The report as it stands now."""
        with fenced_for(self.lead):
            found = selectors.report_for(self.lead, self.agreement, self.report.pk)
        assert found is not None
        return found

    def check(self) -> SiteReport:
        """Looked into."""
        with fenced_for(self.lead):
            return services.check(actor=self.lead, report=self.report, today=TODAY)

    def link(self, location: SharedSite | None = None) -> SiteReport:
        """Linked to the quarry."""
        with fenced_for(self.lead):
            chosen = location or self.location
            return services.link_location(actor=self.lead, report=self.again(), location=chosen)

    def ask(self, *numbers: int, **changes: Any) -> list[SiteQuestion]:
        """The firms with these numbers asked."""
        words: dict[str, Any] = {"text": QUESTION, "reply_by": TODAY + timedelta(days=21), "today": TODAY}
        asked = [self.firms[number].membership.organisation.pk for number in numbers]
        with fenced_for(self.lead):
            return services.ask_firms(actor=self.lead, report=self.again(), organisations=asked, **{**words, **changes})

    def reply(self, number: int, **changes: Any) -> SiteQuestion:
        """One firm's reply."""
        words: dict[str, Any] = {"found": "We asked the owner.", "done": "We visit in March.", "today": TODAY}
        firm = self.firms[number]
        with fenced_for(firm.viewer):
            (question,) = SiteQuestion.objects.filter(organisation=firm.membership.organisation)
            return services.reply(actor=firm.viewer, question=question, **{**words, **changes})

    def answer(self, text: str = ANSWER) -> SiteReport:
        """The sender answered."""
        with fenced_for(self.lead):
            return services.answer(actor=self.lead, report=self.again(), text=text, today=TODAY)

    def not_take_up(self, reason: str = "This place has nothing to do with the trade.") -> SiteReport:
        """Ended without being worked through."""
        with fenced_for(self.lead):
            return services.not_take_up(actor=self.lead, report=self.again(), reason=reason, today=TODAY)

    def close(self) -> SiteReport:
        """Closed."""
        with fenced_for(self.lead):
            return services.close(actor=self.lead, report=self.again(), today=TODAY)

    def with_firms(self) -> None:
        """Checked, linked and put to the two firms that use the quarry."""
        self.check()
        self.link()
        self.ask(0, 1)


def told(**changes: Any) -> Told:
    """What somebody saw."""
    words = {"country": "IN", "seen": SEEN, "place": "Kolar", "site_name": "Rajeshwari", "site_kind": "quarry"}
    return Told(**{**words, "themes": ("child_labour",), **changes})


def send(agreement: Agreement, actor: Viewer | None = None, once: str = "one", **changes: Any) -> Receipt:
    """A report sent by a visitor, or by somebody of a party."""
    sender = changes.pop("sender", Sender(language="en", name=SENDER, email=ADDRESS))
    return services.send(
        actor=actor or visitor(), agreement=agreement, told=told(**changes), sender=sender, once=once, today=TODAY
    )


def stored(number: str) -> SiteReport:
    """The report behind a number."""
    with unfenced(reason="test"):
        return SiteReport.objects.select_related("agreement").get(number=number.replace("-", ""))


def case(*, firms: int = 3) -> Case:
    """Three members with quarries of like names; the first two are one location. One report came in."""
    register = register_of(firms=firms)
    with unfenced(reason="test"):
        for firm, name in zip(register.firms, NAMES, strict=False):
            firm.membership.organisation.name = name
            firm.membership.organisation.save()
    with fenced_for(register.lead):
        location = register.register()
        register.match(1, location)
    receipt = send(register.agreement)
    return Case(register, location, stored(receipt.number), receipt)


def adviser(agreement: Agreement) -> Viewer:
    """Somebody else of the secretariat."""
    return staff(agreement, "adviser")
