"""The pages: one step saved in one press, two people on the same page, last year confirmed, files."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.tests.factories import (
    EARLIER,
    PEOPLE,
    POLICY,
    TELL,
    TRAINED,
    YEAR,
    address,
    agreement_with,
    answer_all,
    answers_of,
    fields_of,
    framework,
    member,
    opened,
    picture,
    requirements,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def firm():
    return member(agreement_with(), "Firm A")


@pytest.fixture
def viewer(firm, client):
    somebody = worker(firm.organisation, "company_user", name="a")
    sign_in(client, somebody)
    return somebody


def stored(viewer, firm, year=YEAR):
    with fenced_for(viewer):
        return answers_of(viewer, firm, year)


def files(viewer, firm):
    with fenced_for(viewer):
        return selectors.files_in(opened(viewer, firm), POLICY)


def carried(viewer, firm):
    with fenced_for(viewer):
        answer_all(viewer, firm, EARLIER)
        services.carry_over(actor=viewer, workspace=opened(viewer, firm))


def test_a_step_is_saved_in_one_press_and_the_next_one_follows(client, viewer, firm):
    page = client.get(address("section", firm, "1"))
    assert page.status_code == 200
    typed = fields_of(page) | {
        f"{POLICY}-value": "2",
        f"{TRAINED}-value": "no",
        f"{TELL}-value": "a\r\nb",
        "do": "next",
    }
    answer = client.post(address("section", firm, "1"), typed)
    assert answer.url == address("section", firm, "2")
    assert {code: one.value for code, one in stored(viewer, firm).items()} == {POLICY: 2, TRAINED: "no", TELL: "a\nb"}
    typed = fields_of(client.get(address("section", firm, "2"))) | {f"{PEOPLE}-value": "7", "do": "next"}
    assert client.post(address("section", firm, "2"), typed).url == address("overview", firm)


def test_one_answer_is_saved_by_its_own_press_and_the_page_comes_back_there(client, viewer, firm):
    typed = fields_of(client.get(address("section", firm, "1"))) | {f"{TRAINED}-value": "yes", "do": f"save:{TRAINED}"}
    answer = client.post(address("section", firm, "1"), typed)
    assert answer.url == f"{address('section', firm, '1')}#{TRAINED}"
    assert set(stored(viewer, firm)) == {TRAINED}


def test_saving_a_page_nobody_touched_writes_nothing(client, viewer, firm):
    with fenced_for(viewer):
        answer_all(viewer, firm)
    page = client.get(address("section", firm, "1"))
    client.post(address("section", firm, "1"), fields_of(page) | {"do": "save"})
    assert {one.version for one in stored(viewer, firm).values()} == {1}


def test_the_second_of_two_gets_both_versions_and_keeps_what_was_typed(client, viewer, firm):
    colleague = worker(firm.organisation, "company_admin", name="colleague")
    page = client.get(address("section", firm, "1"))
    with fenced_for(colleague):
        services.save_answer(
            actor=colleague,
            workspace=opened(colleague, firm),
            requirement=POLICY,
            value="1",
            explanation="what the colleague wrote",
        )
    typed = fields_of(page) | {f"{POLICY}-value": "3", f"{POLICY}-explanation": "what I wrote", f"{TELL}-value": "mine"}
    refused = client.post(address("section", firm, "1"), typed)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "what the colleague wrote" in text
    assert "what I wrote" in text
    assert "Colleague" in text
    assert [row.value for row in refused.context["rows"]] == ["3", "", "mine"]
    assert set(stored(viewer, firm)) == {POLICY}
    client.post(address("section", firm, "1"), fields_of(refused) | {"do": "save"})
    kept = stored(viewer, firm)
    assert (kept[POLICY].value, kept[POLICY].explanation, kept[TELL].value) == (3, "what I wrote", "mine")


def test_two_who_fill_in_different_questions_of_a_step_do_not_hinder_each_other(client, viewer, firm):
    page = client.get(address("section", firm, "1"))
    with fenced_for(viewer):
        services.save_answer(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="1")
    client.post(address("section", firm, "1"), fields_of(page) | {f"{TELL}-value": "mine", "do": "save"})
    assert {code: one.value for code, one in stored(viewer, firm).items()} == {POLICY: 1, TELL: "mine"}


def test_after_a_fault_a_colleagues_newer_answer_is_shown_before_it_can_be_overwritten(client, viewer, firm):
    page = client.get(address("section", firm, "1"))
    with fenced_for(viewer):
        services.save_answer(actor=viewer, workspace=opened(viewer, firm), requirement=POLICY, value="1")
    typed = fields_of(page) | {f"{POLICY}-value": "3", f"{TRAINED}-value": "n/a"}
    refused = client.post(address("section", firm, "1"), typed)
    assert refused.status_code == 422
    assert [row.conflict is not None for row in refused.context["rows"]] == [True, False, False]


def test_a_fault_is_shown_at_its_question_and_nothing_typed_is_lost(client, viewer, firm):
    typed = fields_of(client.get(address("section", firm, "1"))) | {
        f"{POLICY}-value": "n/a",
        f"{TELL}-value": "<b>kept</b>",
    }
    refused = client.post(address("section", firm, "1"), typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert f'href="#{POLICY}"' in text
    assert "&lt;b&gt;kept&lt;/b&gt;" in text
    assert stored(viewer, firm) == {}


def test_last_years_answers_come_along_and_are_confirmed_from_the_overview_as_shown(client, viewer, firm):
    with fenced_for(viewer):
        answer_all(viewer, firm, EARLIER)
    assert f"Take the answers of {EARLIER} along" in client.get(address("overview", firm)).content.decode()
    client.post(address("carry-over", firm))
    page = client.get(address("overview", firm))
    text = page.content.decode()
    assert "Nothing changed: confirm 4 answers" in text
    assert "about policy" in text
    shown = [f"{one['code']}:{one['version']}" for one in page.context["to_confirm"]]
    client.post(address("confirm", firm), {"shown": shown})
    assert all(one.confirmed_at for one in stored(viewer, firm).values())
    done = client.get(address("overview", firm)).content.decode()
    assert "4 of 5 answered" in done
    assert "Not known yet from your chains: Title of known-factories en" in done


def test_confirming_what_a_colleague_changed_confirms_nothing(client, viewer, firm):
    carried(viewer, firm)
    answer = client.post(address("confirm", firm), {"shown": [f"{POLICY}:1", f"{TRAINED}:9"]}, follow=True)
    assert "Look again" in answer.content.decode()
    assert not any(one.confirmed_at for one in stored(viewer, firm).values())


def test_a_step_is_confirmed_together_with_what_was_changed_on_it(client, viewer, firm):
    carried(viewer, firm)
    page = client.get(address("section", firm, "1"))
    assert "about policy" in page.content.decode()
    client.post(address("section", firm, "1"), fields_of(page) | {f"{POLICY}-value": "4", "do": "confirm"})
    kept = stored(viewer, firm)
    assert (kept[POLICY].origin, kept[TRAINED].origin) == ("typed", "carried")
    assert kept[TRAINED].confirmed_at
    assert kept[TELL].confirmed_at
    assert kept[PEOPLE].confirmed_at is None


def test_one_carried_answer_is_confirmed_by_its_own_press(client, viewer, firm):
    carried(viewer, firm)
    page = client.get(address("section", firm, "1"))
    client.post(address("section", firm, "1"), fields_of(page) | {"do": f"still:{TRAINED}"})
    assert [code for code, one in stored(viewer, firm).items() if one.confirmed_at] == [TRAINED]


def test_plain_saving_confirms_nothing(client, viewer, firm):
    carried(viewer, firm)
    client.post(address("section", firm, "1"), fields_of(client.get(address("section", firm, "1"))) | {"do": "save"})
    assert not any(one.confirmed_at for one in stored(viewer, firm).values())


def test_a_file_is_added_to_an_answer_and_what_was_typed_is_saved_on_the_way(client, viewer, firm):
    typed = fields_of(client.get(address("section", firm, "1"))) | {f"{TELL}-value": "mine", "do": f"file:{POLICY}"}
    answer = client.post(address("section", firm, "1"), typed)
    assert answer.url == address("evidence", firm, POLICY)
    assert stored(viewer, firm)[TELL].value == "mine"
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"file": picture(), "note": "page 3"})
    [evidence] = files(viewer, firm)
    assert (evidence.note, evidence.file.chain) == ("page 3", firm.agreement.slug)
    assert b"policy.png" in client.get(address("section", firm, "1")).content
    client.post(address("remove-evidence", firm, POLICY, evidence.pk))
    assert files(viewer, firm) == ()


def test_a_file_that_does_not_fit_is_refused_and_the_note_stays(client, viewer, firm):
    wrong = picture("policy.exe")
    refused = client.post(address("evidence", firm, POLICY), {"file": wrong, "note": "page 3"})
    assert refused.status_code == 422
    assert b"page 3" in refused.content
    assert client.post(address("evidence", firm, POLICY), {"note": "x"}).status_code == 422
    assert stored(viewer, firm) == {}


def test_after_handing_in_the_pages_show_answers_and_no_button(client, viewer, firm):
    with fenced_for(viewer):
        answer_all(viewer, firm)
        services.close(actor=viewer, workspace=opened(viewer, firm))
    page = client.get(address("section", firm, "1"))
    assert b"<select" not in page.content
    assert b"We tell it." in page.content
    assert client.get(address("evidence", firm, POLICY)).status_code == 404
    sent = {f"{POLICY}-seen": "1-x", f"{POLICY}-value": "4"}
    assert client.post(address("section", firm, "1"), sent).status_code == 422
    assert stored(viewer, firm)[POLICY].value == 2


def test_staff_read_the_answers_and_change_nothing(client, firm):
    somebody = worker(firm.organisation, name="a")
    with fenced_for(somebody):
        answer_all(somebody, firm)
    sign_in(client, staff(firm.agreement, "adviser"))
    page = client.get(address("section", firm, "1"))
    assert b"We tell it." in page.content
    assert b"<textarea" not in page.content
    assert client.post(address("section", firm, "1"), {}).status_code == 404


def test_a_step_that_is_not_asked_is_not_found(client, viewer, firm):
    assert client.get(address("section", firm, "6")).status_code == 404
    assert client.get(address("evidence", firm, "later")).status_code == 404


def many(count):
    one = requirements()[0]
    more = [{**one, "code": f"policy-{n}"} for n in range(count)]
    return framework("second", [*more, *requirements()[1:]])


@pytest.mark.parametrize("name", ["overview", "section"])
def test_pages_ask_the_database_as_often_for_forty_questions_as_for_three(client, name):
    counts = {}
    for count in (3, 40):
        agreement = agreement_with(second=many(count) | {"version": str(count)})
        firm = member(agreement, f"Firm {count}")
        viewer = worker(firm.organisation, name=f"a{count}")
        with fenced_for(viewer):
            given = {f"policy-{n}": ("2", "words", 0) for n in range(count)}
            services.save_section(actor=viewer, workspace=opened(viewer, firm), answers=given)
        sign_in(client, viewer)
        page = address(name, firm, *(["1"] if name == "section" else []))
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        counts[count] = len(asked)
    assert counts[3] == counts[40] <= 18
    assert len(gzip.compress(answer.content)) < 60_000
