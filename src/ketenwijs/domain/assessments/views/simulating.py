"""Trying out a draft edition on a finished round: a stored edition or an uploaded one; nothing is stored or published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.forms import PackageForm
from ketenwijs.domain.agreements.selectors import CheckedPackage, checked_package, sealed_package, unsealed_package
from ketenwijs.domain.assessments.models import Round
from ketenwijs.domain.assessments.selectors import round_for
from ketenwijs.domain.assessments.simulation import (
    Draft,
    Simulation,
    draft_of,
    editions_to_try,
    export_lines,
    may_simulate,
    tables_of,
)
from ketenwijs.domain.assessments.simulation import simulate as work_out
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.templatetags.ui import in_words

SHOWN_FAULTS = 300
FRESH = gettext_lazy("Leave the level held now aside: what would the findings give by themselves?")


class StoredForm(forms.Form):
    """Which stored edition, and from where."""

    edition = forms.ChoiceField(label=gettext_lazy("Edition"))
    fresh = forms.BooleanField(label=FRESH, required=False)

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused, used = _("not in use yet"), _("in use")
        self.fields["edition"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{in_words(one.names)} ({one.version}), {used if one.used_at else unused}")  # type: ignore[attr-defined]
            for one in editions
        ]


class UploadedForm(PackageForm):
    """The draft as a file."""

    fresh = forms.BooleanField(label=FRESH, required=False)


@needs("assessments.simulate")
def simulate(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Choose or upload a draft, and see what the round would have come to."""
    found = round_for(request.viewer, agreement, year)
    if found is None or found.edition_id is None or not may_simulate(request.viewer, found):
        raise Http404
    editions = editions_to_try(found)
    stored = StoredForm(request.GET if "edition" in request.GET else None, editions=editions)
    uploaded = UploadedForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"round": found, "stored": stored, "uploaded": uploaded, "editions": editions}
    if request.method == "POST":
        return _from_upload(request, found, uploaded, context)
    if stored.is_bound and stored.is_valid():
        chosen = next(one for one in editions if str(one.pk) == stored.cleaned_data["edition"])
        try:
            return _shown(request, draft_of(found, chosen), stored.cleaned_data["fresh"], context)
        except DomainError as error:
            add_domain_error(stored, error)
    return render(request, "assessments/simulate.html", {**context, "form": stored})


def _from_upload(request: ViewerRequest, round_: Round, form: UploadedForm, context: dict[str, Any]) -> HttpResponse:
    """An uploaded draft, or the one that the page carried for the download; its faults are all shown."""
    try:
        if "draft" in request.POST:
            package, fresh = unsealed_package(request.viewer, request.POST["draft"]), "fresh" in request.POST
        elif form.is_valid():
            package, fresh = checked_package(form.uploads), form.cleaned_data["fresh"]
        else:
            return render(request, "assessments/simulate.html", {**context, "form": form})
        if package.faults:
            return render(request, "assessments/simulate.html", {**context, **_faults(package)})
        sealed = sealed_package(request.viewer, package)
        return _shown(request, draft_of(round_, package), fresh, {**context, "sealed": sealed})
    except DomainError as error:
        form.errors.pop("upload", None)  # a page that carried its draft sends no file
        add_domain_error(form, error)
        return render(request, "assessments/simulate.html", {**context, "form": form, "uploaded": form})


def _faults(package: CheckedPackage) -> dict[str, Any]:
    return {"faults": package.told[:SHOWN_FAULTS], "fault_count": len(package.faults)}


def _shown(request: ViewerRequest, draft: Draft, fresh: bool, context: dict[str, Any]) -> HttpResponse:
    simulation = work_out(request.viewer, context["round"], draft, fresh=fresh)
    if "csv" in (request.POST if request.method == "POST" else request.GET):
        answer = HttpResponse(export_lines(simulation), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="simulation-{context["round"].year}.csv"'
        return answer
    return render(request, "assessments/simulate.html", {**context, **_in_words(simulation)})


def _in_words(simulation: Simulation) -> dict[str, Any]:
    definition, scheme = simulation.draft.definition, simulation.draft.scheme
    before = next((one for one in definition.schemes if one.code == simulation.comparison.before.scheme), None)
    present, possible = _names(before), _names(scheme)
    groups = {one.code: str(one.name) for one in definition.groups}
    return {
        "simulation": simulation,
        "tables": tables_of(simulation),
        "outcome_names": possible,
        "present_names": present,
        "group_names": groups,
        "kinds": {
            "same": _("same"),
            "stricter": _("stricter"),
            "split": _("split"),
            "new": _("new"),
        },
    }


def _names(scheme: OutcomeScheme | None) -> dict[str, str]:
    """Outcomes in words; the empty code is where the rule leaves it to people."""
    known = {one.code: str(one.name) for one in scheme.outcomes} if scheme is not None else {}
    return {**known, "": _("left to people")}
