"""Joint action by mutual consent: open beforehand, asked neutrally, names only when all said yes, hidden again at any time."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.domain.chains import selectors, services
from ketenwijs.domain.chains.models import JointInvitation, JointReply, OpenToActing
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    YEAR,
    confirmed,
    csv_of,
    opened,
    sheet_rows,
    sign_in,
    taken_in,
    values,
)
from ketenwijs.domain.chains.tests.register import TODAY, register_of
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def register():
    return register_of(firms=3, is_open=True)


@pytest.fixture
def location(register):
    with fenced_for(register.lead):
        return register.shared_by_all()


def close(firm):
    """The firm takes its openness back on the page of its chain."""
    with fenced_for(firm.viewer):
        return services.withdraw_openness(
            actor=firm.viewer, workspace=opened(firm.viewer, firm.membership), pks=[firm.chain.pk]
        )


def ask(register, location, *numbers):
    with fenced_for(register.lead):
        return services.propose_joint_action(
            actor=register.lead, agreement=register.agreement, location=location, today=TODAY,
            organisations=[register.firms[number].membership.organisation.pk for number in numbers],
        )  # fmt: skip


def say(firm, invitation, answer):
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        reply = selectors.invitation_to(workspace, invitation.pk)
        return services.answer_invitation(
            actor=firm.viewer, workspace=workspace, reply=reply, answer=answer, today=TODAY
        )


def seen_by(firm):
    with fenced_for(firm.viewer):
        (one,) = selectors.invitations_to(opened(firm.viewer, firm.membership))
    return one


def page_of(firm, year=YEAR):
    client = Client()
    sign_in(client, firm.viewer)
    parts = [firm.membership.organisation.reference, firm.membership.agreement.slug, year]
    return client.get(reverse("chains:together", args=parts)).content.decode()


def members(register, location):
    with fenced_for(register.lead):
        return selectors.members_at(register.lead, register.agreement, location, TODAY)


def test_a_chain_is_not_open_unless_the_firm_says_so():
    register_of()
    with unfenced(reason="test"):
        assert OpenToActing.objects.count() == 0


def test_only_members_that_are_open_can_be_asked_and_at_least_two(register, location):
    close(register.firms[2])
    assert [one.is_open for one in members(register, location)] == [True, True, False]
    for numbers in ((0,), (0, 2), (0, 1, 2)):
        with pytest.raises(DomainError):
            ask(register, location, *numbers)
    assert OutgoingMessage.objects.count() == 0
    ask(register, location, 0, 1)
    with pytest.raises(DomainError):
        ask(register, location, 0, 1)


def test_an_older_yes_does_not_count_beside_a_newer_year_without_one(register, location):
    firm = register.firms[0]
    with fenced_for(firm.viewer):
        later = opened(firm.viewer, firm.membership, NEXT_YEAR)
        services.carry_over(actor=firm.viewer, workspace=later, previous_year_code=YEAR)
        (chain,) = selectors.chains_in(later)
    assert members(register, location)[0].is_open
    with fenced_for(firm.viewer):
        services.withdraw_openness(
            actor=firm.viewer, workspace=opened(firm.viewer, firm.membership, NEXT_YEAR), pks=[chain.pk]
        )
    assert not members(register, location)[0].is_open


def test_a_firm_sees_its_own_name_for_the_place_and_no_other_firm_until_all_said_yes(register, location):
    invitation = ask(register, location, 0, 1)
    one, other = register.firms[:2]
    assert seen_by(one).reply.site == one.site
    for firm, unseen in ((one, "Firm B"), (other, "Firm A")):
        page = page_of(firm)
        assert firm.site.name in page
        assert unseen not in page
    say(one, invitation, "yes")
    assert seen_by(one).others == seen_by(other).others == ()
    say(other, invitation, "yes")
    assert seen_by(one).others == ("Firm B",)
    page = page_of(one)
    assert "Firm B" in page
    assert "Supplier of Firm B" not in page
    assert other.site.name not in page
    assert "Firm C" not in page


def test_who_was_not_asked_sees_nothing(register, location):
    invitation = ask(register, location, 0, 1)
    say(register.firms[0], invitation, "yes")
    say(register.firms[1], invitation, "yes")
    page = page_of(register.firms[2])
    assert "You were not asked anything." in page
    assert "Firm A" not in page


@pytest.mark.parametrize("how", ["no", "withdrawn", "closed", "ended", "left"])
def test_names_are_hidden_again_when_any_consent_goes(register, location, how):
    invitation = ask(register, location, 0, 1)
    one, other = register.firms[:2]
    say(one, invitation, "yes")
    if how == "no":
        say(other, invitation, "no")
    else:
        say(other, invitation, "yes")
        assert seen_by(one).others == ("Firm B",)
    if how == "withdrawn":
        say(other, invitation, "withdrawn")
    elif how == "closed":
        close(other)
        with unfenced(reason="test"):
            assert JointReply.objects.get(organisation=other.membership.organisation).answer == "withdrawn"
    elif how == "ended":
        with fenced_for(register.lead):
            services.end_invitation(
                actor=register.lead, agreement=register.agreement, invitation=invitation, today=TODAY
            )
    elif how == "left":
        leave(actor=ROBOT, membership=other.membership, left_on=TODAY, reason="closed", note="")
    assert seen_by(one).others == ()
    assert "Firm B" not in page_of(one)


def test_one_no_among_three_shows_nobody(register, location):
    invitation = ask(register, location, 0, 1, 2)
    for firm, answer in zip(register.firms, ("yes", "yes", "no"), strict=True):
        say(firm, invitation, answer)
    assert [seen_by(firm).others for firm in register.firms] == [(), (), ()]
    say(register.firms[2], invitation, "yes")
    assert seen_by(register.firms[0]).others == ("Firm B", "Firm C")


def test_consent_can_be_taken_back_after_hand_in(register, location):
    firm = register.firms[0]
    invitation = ask(register, location, 0, 1)
    with fenced_for(firm.viewer):
        services.close_year(actor=firm.viewer, workspace=opened(firm.viewer, firm.membership))
    say(firm, invitation, "yes")
    assert close(firm) == 1
    assert seen_by(firm).reply.answer == "withdrawn"


def test_unticking_on_the_form_of_the_chain_takes_the_yes_back_too(register, location):
    firm = register.firms[0]
    invitation = ask(register, location, 0, 1)
    say(firm, invitation, "yes")
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        typed = values(
            "Supplier of Firm A", quarry=services.SiteValues(name=firm.site.name, place=firm.site.place),
            factory=services.SiteValues(), open_to_acting=False,
        )  # fmt: skip
        services.change_chain(actor=firm.viewer, workspace=workspace, chain=firm.chain, version=1, values=typed)
    assert seen_by(firm).reply.answer == "withdrawn"


def test_a_chain_that_is_removed_or_goes_another_way_takes_the_yes_back_too(register, location):
    first, second, third = register.firms
    invitation = ask(register, location, 0, 1, 2)
    for firm in register.firms:
        say(firm, invitation, "yes")
    assert seen_by(third).is_agreed
    with fenced_for(first.viewer):
        workspace = opened(first.viewer, first.membership)
        services.remove_chains(actor=first.viewer, workspace=workspace, pks=[first.chain.pk])
    elsewhere = values(
        "Supplier of Firm B", quarry=services.SiteValues(name="Another pit", place="Ilkal"),
        factory=services.SiteValues(), open_to_acting=True,
    )  # fmt: skip
    with fenced_for(second.viewer):
        workspace = opened(second.viewer, second.membership)
        services.change_chain(actor=second.viewer, workspace=workspace, chain=second.chain, version=1, values=elsewhere)
    assert [seen_by(one).reply.answer for one in register.firms] == ["withdrawn", "withdrawn", "yes"]
    assert not seen_by(third).is_agreed and seen_by(third).others == ()


def test_a_whole_list_without_the_chain_takes_the_yes_back_too(register, location):
    firm = register.firms[0]
    invitation = ask(register, location, 0, 1)
    say(firm, invitation, "yes")
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        confirmed(firm.viewer, workspace, taken_in(firm.viewer, workspace, csv_of(sheet_rows(1))), services.REPLACE)
    assert seen_by(firm).reply.answer == "withdrawn"


def test_mails_are_neutral_and_every_step_is_journalled(register, location):
    invitation = ask(register, location, 0, 1)
    assert sorted(OutgoingMessage.objects.values_list("to", flat=True)) == [
        "example-slate.firm.a@example.org",
        "example-slate.firm.b@example.org",
    ]
    say(register.firms[0], invitation, "yes")
    say(register.firms[1], invitation, "yes")
    say(register.firms[1], invitation, "withdrawn")
    for mail in OutgoingMessage.objects.all():
        for word in ("Firm A", "Firm B", "Rajeshwari", "Kolar", "Supplier"):
            assert word not in mail.subject + mail.body.split(",", 1)[1].replace("firm.", "")
    events = [one.event for one in JournalEntry.objects.order_by("pk") if "invitation" in one.event]
    assert [one.removeprefix("chains.invitation.") for one in events] == [
        "sent",
        "answered",
        "answered",
        "agreed",
        "answered",
    ]


def test_an_answer_is_refused_after_the_end_for_another_firm_and_when_it_makes_no_sense(register, location):
    invitation = ask(register, location, 0, 1)
    one, other = register.firms[:2]
    for answer in ("withdrawn", "maybe", "waiting"):
        with pytest.raises(DomainError):
            say(one, invitation, answer)
    with fenced_for(other.viewer):
        reply = selectors.invitation_to(opened(other.viewer, other.membership), invitation.pk)
    with fenced_for(one.viewer):
        workspace = opened(one.viewer, one.membership)
    with fenced_for(one.viewer), pytest.raises(DomainError):
        services.answer_invitation(actor=one.viewer, workspace=workspace, reply=reply, answer="yes", today=TODAY)
    with fenced_for(register.lead):
        with pytest.raises(NotAllowed):
            services.answer_invitation(
                actor=register.lead, workspace=opened(register.lead, one.membership), reply=reply, answer="yes",
                today=TODAY,
            )  # fmt: skip
        does = {"actor": register.lead, "agreement": register.agreement, "today": TODAY}
        services.end_invitation(**does, invitation=invitation)
        with pytest.raises(DomainError):
            services.end_invitation(**does, invitation=invitation)
    with pytest.raises(DomainError):
        say(one, invitation, "yes")


def test_a_firm_cannot_ask_others_or_withdraw_for_others(register, location):
    one, other = register.firms[:2]
    with fenced_for(one.viewer):
        with pytest.raises(NotAllowed):
            services.propose_joint_action(
                actor=one.viewer, agreement=register.agreement, location=location, today=TODAY, organisations=[1, 2]
            )
        with pytest.raises(DomainError):
            services.withdraw_openness(
                actor=one.viewer, workspace=opened(one.viewer, one.membership), pks=[one.chain.pk, other.chain.pk]
            )
    with unfenced(reason="test"):
        assert OpenToActing.objects.count() == 3
        assert JointInvitation.objects.count() == 0


def test_the_home_page_of_a_firm_says_that_a_question_waits(register, location):
    ask(register, location, 0, 1)
    client = Client()
    sign_in(client, register.firms[0].viewer)
    assert "Answer a question of the secretariat" in client.get("/desk/").content.decode()
    sign_in(client, register.firms[2].viewer)
    assert "Answer a question of the secretariat" not in client.get("/desk/").content.decode()
