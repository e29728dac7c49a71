"""Who may lean on whom, held against the code as it is."""

from __future__ import annotations

import pytest
import yaml
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from tests.architecture import layout

# File -> why it may be longer, with a date. Keep this short.
LONGER_FILES: dict[str, str] = {}


@pytest.mark.parametrize(
    "check",
    [
        layout.import_offences,
        layout.separation_offences,
        layout.open_module_offences,
        layout.template_offences,
        layout.reverse_offences,
        layout.function_offences,
        layout.name_offences,
        layout.docstring_offences,
    ],
    ids=lambda check: check.__name__,
)
def test_the_code_keeps_the_house_rules(check):
    assert [str(o) for o in check(layout.SOURCE)] == []


def test_no_file_is_longer_than_the_limit():
    assert [str(o) for o in layout.size_offences(layout.ROOT / "src", LONGER_FILES)] == []
    assert [str(o) for o in layout.size_offences(layout.ROOT / "tests", {})] == []
    assert all((layout.ROOT / "src" / name).exists() for name in LONGER_FILES)


def test_foreign_keys_point_only_downward():
    wrong = []
    for model in apps.get_models():
        user = layout.package_of(model.__module__)
        if user is None:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField | OneToOneField):
                used = layout.package_of(field.related_model.__module__)
                if used and not layout.may_lean(user, used):
                    wrong.append(f"{model.__name__}.{field.name} points to {used}")
    assert wrong == []


def declared_names() -> set[str]:
    """Slugs and proper names that the content packages declare."""
    names: set[str] = set()
    for path in sorted((layout.ROOT / "content" / "agreements").glob("*/agreement.yaml")):
        package = yaml.safe_load(path.read_text("utf-8"))
        names |= {path.parent.name, package["slug"], *package.get("proper_names", [])}
    return names


def test_no_agreement_is_named_in_code():
    assert declared_names()
    assert [str(o) for o in layout.named_agreement_offences(layout.SOURCE, declared_names())] == []


def test_every_app_is_known_to_the_layers():
    ours = {c.label for c in apps.get_app_configs() if layout.package_of(c.name)}
    assert ours <= set(layout.LAYERS)
