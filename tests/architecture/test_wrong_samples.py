"""Each house rule is shown to fail on a wrong sample: a rule that cannot fail guards nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import layout


def write(source: Path, name: str, text: str) -> Path:
    path = source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return source


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("foundation/ui/a.py", "from ketenwijs.domain.chains import models\n"),
        ("foundation/mail/a.py", "from ketenwijs.foundation.accounts.models import Person\n"),
        ("domain/chains/a.py", "def late():\n    from ketenwijs.domain.risks import models\n    return models\n"),
        ("domain/chains/a.py", "import ketenwijs.domain.questionnaires.models\n"),
        ("domain/plans/a.py", "from ketenwijs.domain import procurement\nfrom ketenwijs.domain.procurement import x\n"),
        ("sites/public/a.py", "from ketenwijs.domain.plans import selectors\n"),
        ("domain/plans/a.py", "from ketenwijs.config import urls\n"),
        ("domain/chains/a.py", "from ..risks import models\n"),
    ],
)
def test_a_wrong_import_is_found(tmp_path, name, text):
    assert layout.import_offences(write(tmp_path, name, text))


def test_a_right_import_is_left_alone(tmp_path):
    write(tmp_path, "domain/plans/a.py", "from ketenwijs.domain.risks import selectors\nimport json\n")
    write(tmp_path, "foundation/access/a.py", "from ketenwijs.foundation.journal import services\n")
    assert layout.import_offences(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("complaints/cases/a.py", "from ketenwijs.domain.participants.models import Organisation\n"),
        ("complaints/intake/a.py", "def late():\n    import ketenwijs.sites.public.views\n"),
        ("domain/reports/a.py", "from ketenwijs.complaints.cases.models import Case\n"),
        ("foundation/mail/a.py", "import ketenwijs.complaints.sealing\n"),
    ],
)
def test_a_bridge_between_the_two_programs_is_found(tmp_path, name, text):
    assert layout.separation_offences(write(tmp_path, name, text))


def test_foundation_code_is_for_both_programs(tmp_path):
    write(tmp_path, "complaints/cases/a.py", "from ketenwijs.foundation.states.machine import Machine\n")
    assert layout.separation_offences(tmp_path) == []


def test_reaching_into_another_apps_views_is_found(tmp_path):
    assert layout.open_module_offences(
        write(tmp_path, "domain/plans/a.py", "from ketenwijs.domain.risks.views import x\n")
    )


@pytest.mark.parametrize(
    "text",
    ['{% extends "plans/page.html" %}', "{% include 'desk/_x.html' %}", '{% url "assessments:board" %}'],
)
def test_a_template_that_looks_up_is_found(tmp_path, text):
    assert layout.template_offences(write(tmp_path, "domain/chains/templates/chains/page.html", text))


def test_a_link_upward_in_code_is_found(tmp_path):
    assert layout.reverse_offences(write(tmp_path, "domain/chains/a.py", 'reverse("plans:plan", args=[1])\n'))


def test_a_long_file_a_long_function_and_an_empty_name_are_found(tmp_path):
    write(tmp_path, "domain/chains/long.py", "x = 1\n" * 401)
    write(tmp_path, "domain/chains/templates/chains/long.html", "<p>\n" * 121)
    assert len(layout.size_offences(tmp_path, {})) == 2
    assert layout.function_offences(write(tmp_path, "domain/chains/f.py", "def f():\n" + "    x = 1\n" * 61))
    assert layout.name_offences(write(tmp_path, "domain/utils/a.py", ""))
    assert layout.docstring_offences(write(tmp_path, "domain/chains/g.py", "x = 1\n"))


def test_an_agreements_name_in_code_is_found_only_as_a_whole_word(tmp_path):
    write(tmp_path, "domain/chains/a.py", '"""About pebble."""\nslug = "Pebble"\npebbles = 1\n')
    assert len(layout.named_agreement_offences(tmp_path, {"pebble"})) == 2


def test_a_foreign_key_upward_would_be_refused():
    assert not layout.may_lean("chains", "risks")
    assert not layout.may_lean("chains", "questionnaires")
    assert not layout.may_lean("ui", "mail")
    assert layout.may_lean("mail", "ui")
    assert layout.may_lean("reports", "chains")
