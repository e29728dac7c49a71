"""Decisions: the list, one of them, recording, superseding, and carrying out what follows for a party."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import exports, presentation, selectors, services, states, vocabulary
from ketenwijs.domain.governance.forms.decisions import AccessionForm, DecisionForm, ExitForm
from ketenwijs.domain.governance.forms.rows import ShowForm
from ketenwijs.domain.governance.models import Decision
from ketenwijs.domain.governance.views.frame import agreement_or_404, answer, framed, managed_or_404, or_404
from ketenwijs.domain.participants.selectors import organisations_visible_to
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.pages import paginate

MOST_MEETINGS = 40


@signed_in
def decisions(request: ViewerRequest, agreement: str) -> HttpResponse:
    """All decisions, latest first, narrowed by kind."""
    found = agreement_or_404(request, agreement)
    form = ShowForm(request.GET, choices=vocabulary.choices(vocabulary.decision_kinds().values()))
    rows = selectors.decisions_of(request.viewer, found)
    if form.shown:
        rows = rows.filter(kind=form.shown)
    page = paginate(request, rows)
    words = {"page": page, "rows": presentation.decision_rows(page), "filter": form}
    return render(request, "governance/decisions.html", framed(request, found, "decisions", **words))


@signed_in
@require_safe
def decisions_csv(request: ViewerRequest, agreement: str) -> HttpResponse:
    """The decisions as a sheet."""
    found = agreement_or_404(request, agreement)
    return csv_answer(exports.decisions_csv(request.viewer, found), f"decisions-{found.slug}.csv")


def csv_answer(content: bytes, name: str) -> HttpResponse:
    """A CSV file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@signed_in
def decision(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One decision as it was taken, with what followed from it."""
    found = agreement_or_404(request, agreement)
    shown = or_404(selectors.decision_for(request.viewer, found, pk))
    context = framed(
        request,
        found,
        "decisions",
        row=presentation.decision_rows([shown])[0],
        decision=shown,
        asks=_asks(shown.kind),
        is_in_force=shown.effective_on <= timezone.localdate() or _asks(shown.kind) != "accession",
        package_says=_package_says(found, shown),
        commitments=list(shown.commitments.order_by("due_on")),
    )
    return render(request, "governance/decision.html", context)


def _asks(kind: str) -> str:
    found = vocabulary.decision_kinds().get(kind)
    return found.asks if found else ""


def _package_says(agreement: Agreement, shown: Decision) -> Any:
    """The last day of the term as the agreement's package has it; an extension changes it only through its file."""
    term = next((one for one in definition_of(agreement).terms if one.code == shown.term), None)
    return term.known_end if term else None


@signed_in
def choose_kind(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Which kind of decision is recorded; each kind asks what it needs."""
    found = managed_or_404(request, agreement)
    kinds = vocabulary.choices(vocabulary.decision_kinds().values())
    return render(request, "governance/decision_kinds.html", framed(request, found, "decisions", kinds=kinds))


def _record_page(request: ViewerRequest, agreement: Agreement, kind: str, old: Decision | None) -> HttpResponse:
    held = selectors.meetings_of(request.viewer, agreement).filter(state__in=(states.HELD, states.APPROVED))
    form = DecisionForm(
        request.POST or None,
        asks=_asks(kind),
        definition=definition_of(agreement),
        bodies=list(selectors.bodies_of(request.viewer, agreement)),
        meetings=list(held[:MOST_MEETINGS]),
        initial=_start(request, old),
    )

    def save(filled: DecisionForm) -> Decision:
        return services.record_decision(
            actor=request.viewer, body=filled.cleaned_data["body"], kind=kind, values=filled.values, supersedes=old
        )

    name = vocabulary.named(vocabulary.decision_kinds(), kind)
    title = (
        _("Supersede: %(title)s") % {"title": old.title} if old else _("Record a decision: %(kind)s") % {"kind": name}
    )
    explanation = _("A decision is never changed afterwards. Check it well; only a later decision can supersede it.")
    cancel = reverse("governance:decisions", args=[agreement.slug])
    context = framed(request, agreement, "decisions", title=title, explanation=explanation, cancel=cancel)
    context["note"] = _note(kind)
    return answer(
        request, form, save, _("The decision is recorded."),
        lambda one: reverse("governance:decision", args=[agreement.slug, one.pk]), context,
    )  # fmt: skip


def _start(request: ViewerRequest, old: Decision | None) -> dict[str, Any]:
    """What stands in the form at first: the words of the decision to supersede, or the meeting one came from."""
    if old is None:
        return {"meeting": request.GET.get("meeting", ""), "body": request.GET.get("body", "")}
    kept = ("title", "text", "effect", "term", "new_end_on", "party_name")
    return {**{name: getattr(old, name) for name in kept}, "body": old.body_id}


def _note(kind: str) -> str:
    if _asks(kind) == "extension":
        return _(
            "This records the decision. The term itself changes only when the agreement's content file gets its new last "
            "day and is applied."
        )
    if _asks(kind) in ("accession", "exit"):
        return _("This records the decision. On its page you then begin or end the membership of the party.")
    return ""


@signed_in
def record(request: ViewerRequest, agreement: str, kind: str) -> HttpResponse:
    """Record a decision of one kind."""
    found = managed_or_404(request, agreement)
    if kind not in vocabulary.decision_kinds():
        raise Http404
    return _record_page(request, found, kind, None)


@signed_in
def supersede(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Record a decision that takes the place of an earlier one."""
    found = managed_or_404(request, agreement)
    old = or_404(selectors.decision_for(request.viewer, found, pk))
    return _record_page(request, found, old.kind, old)


@signed_in
def carry_out(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Begin or end the membership that an accession or exit is about."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.decision_for(request.viewer, found, pk))
    asks = _asks(row.kind)
    if asks not in ("accession", "exit"):
        raise Http404
    form, save = (_accession if asks == "accession" else _exit)(request, found, row)
    target = reverse("governance:decision", args=[agreement, pk])
    title = _("Begin the membership of %(party)s") if asks == "accession" else _("End the membership of %(party)s")
    context = framed(
        request,
        found,
        "decisions",
        title=title % {"party": row.party_name},
        cancel=target,
        new_party=reverse("agreements:new_member", args=[agreement, "party"]) if asks == "accession" else "",
    )
    done = _("The membership is recorded; the public register says so.")
    return answer(request, form, save, done, target, context, template="governance/carry_out.html")


def _accession(request: ViewerRequest, agreement: Agreement, row: Decision) -> tuple[AccessionForm, Any]:
    organisations = list(organisations_visible_to(request.viewer, kind="party"))
    form = AccessionForm(request.POST or None, definition=definition_of(agreement), organisations=organisations)

    def save(filled: AccessionForm) -> object:
        return services.carry_out_accession(actor=request.viewer, decision=row, **filled.cleaned_data)

    return form, save


def _exit(request: ViewerRequest, agreement: Agreement, row: Decision) -> tuple[ExitForm, Any]:
    parties = list(selectors.party_memberships(agreement, timezone.localdate()).filter(left_on__isnull=True))
    form = ExitForm(request.POST or None, definition=definition_of(agreement), parties=parties)

    def save(filled: ExitForm) -> object:
        return services.carry_out_exit(actor=request.viewer, decision=row, **filled.cleaned_data)

    return form, save
