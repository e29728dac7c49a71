"""The home page of every role: what must I do now, and where do things stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ketenwijs.domain.agreements.workspaces import workspaces_of
from ketenwijs.domain.participants.selectors import organisations_to_act_for, own_organisation
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.due import due_for
from ketenwijs.sites.desk.standing import standing_of


@signed_in
def home(request: ViewerRequest) -> HttpResponse:
    """What is due for this viewer, latest first, and how their year or round stands."""
    viewer = request.viewer
    if viewer.acting_for is None and len(organisations_to_act_for(viewer)) > 1:
        return redirect("participants:choose")
    today = timezone.localdate()
    due = due_for(viewer, today)
    workspaces = workspaces_of(viewer, today) if viewer.acting_for else []
    context = {
        "due": due,
        "late": [one for one in due if one.late],
        "organisation": own_organisation(viewer),
        "workspaces": [standing_of(viewer, workspace) for workspace in workspaces],
        "today": today,
    }
    return render(request, "desk/home.html", context)
