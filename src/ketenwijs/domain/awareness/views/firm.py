"""A firm's own register: where the route was announced, and what its code and website say."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.agreements.selectors import agreements_of, definition_of, working_year
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for, workspaces_of
from ketenwijs.domain.awareness import policies, selectors, services
from ketenwijs.domain.awareness.forms import AnnouncementForm, LineForm, MentionForm
from ketenwijs.domain.awareness.models import Announcement
from ketenwijs.domain.chains.models import Site
from ketenwijs.domain.reference.selectors import country
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 40


@signed_in
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """Straight to the only register or overview of this person, or a choice."""
    viewer, today = request.viewer, timezone.localdate()
    places = [
        (str(one.definition.name), one.year.code, reverse("awareness:register", kwargs=one.url_parts))
        for one in workspaces_of(viewer, today)
        if policies.may_write(viewer, one.organisation.pk)
    ]
    for agreement in agreements_of(viewer):
        year = working_year(agreement, today)
        if year is not None and policies.may_read_members(viewer, agreement):
            page = reverse("awareness:overview", args=[agreement.slug, year.code])
            places.append((str(definition_of(agreement).name), year.code, page))
    if not places and not (viewer.holds(policies.WRITE) or viewer.holds(policies.READ_MEMBERS)):
        raise Http404
    return redirect(places[0][2]) if len(places) == 1 else render(request, "awareness/home.html", {"places": places})


@signed_in
@require_GET
def register(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """The firm's lines of the year, and what it says of its code and website."""
    workspace = _workspace(request, firm, agreement, year)
    rows = selectors.announcements_in(workspace)
    context = {
        "workspace": workspace,
        "years": [
            one
            for one in workspace.years
            if one.starts_on <= timezone.localdate() and one.ends_on >= workspace.membership.joined_on
        ],
        "page": paginate(request, rows, PER_PAGE),
        "before": selectors.sites_before(workspace),
        "mention": selectors.mention_in(workspace),
        "may_write": _may_write(request, workspace),
    }
    return render(request, "awareness/register.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """The same announcement at one or several sites."""
    workspace = _own(request, firm, agreement, year)
    form = AnnouncementForm(request.POST or None, sites=_choices(selectors.sites_of(workspace)))
    if request.method == "POST" and form.is_valid():
        sites, values = [int(pk) for pk in form.cleaned_data["sites"]], form.values
        try:
            rows = services.announce(
                actor=request.viewer, workspace=workspace, sites=sites, values=values, today=timezone.localdate()
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            said = ngettext("%(count)s line is in the register.", "%(count)s lines are in the register.", len(rows))
            messages.success(request, said % {"count": len(rows)})
            return redirect(_page_of(workspace, rows[0]))
    return render(request, "awareness/announcement.html", {"form": form, "workspace": workspace})


@signed_in
@require_http_methods(["GET", "POST"])
def announcement(request: ViewerRequest, firm: str, agreement: str, year: str, pk: int) -> HttpResponse:
    """Correct one line, or add who confirmed it."""
    workspace, line = _own_line(request, firm, agreement, year, pk)
    sites = selectors.sites_of(workspace)
    if line.site not in sites:
        sites.append(line.site)
    form = LineForm(request.POST or None, sites=_choices(sites), line=line)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = services.change_announcement(
                actor=request.viewer, workspace=workspace, announcement=line, site=int(data["site"]),
                values=form.values, version=data["version"], today=timezone.localdate(),
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                _show_newer(form, selectors.announcement_in(workspace, pk))
        else:
            messages.success(request, _("The line is saved."))
            return redirect(_page_of(workspace, changed))
    context = {"form": form, "workspace": workspace, "line": line}
    return render(request, "awareness/announcement.html", context, status=form.status)


@signed_in
@require_POST
def remove(request: ViewerRequest, firm: str, agreement: str, year: str, pk: int) -> HttpResponse:
    """Take one line out of the register."""
    workspace, line = _own_line(request, firm, agreement, year, pk)
    try:
        services.remove_announcement(actor=request.viewer, workspace=workspace, announcement=line)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The line is taken out of the register."))
    return redirect("awareness:register", firm, agreement, year)


@signed_in
@require_http_methods(["GET", "POST"])
def mention(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Say whether code of conduct and website name the route."""
    workspace = _own(request, firm, agreement, year)
    stored = selectors.mention_in(workspace)
    before = None if stored else selectors.mention_before(workspace)
    form = MentionForm(request.POST or None, mention=stored, before=before)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_mention(
                actor=request.viewer, workspace=workspace, values=form.values,
                version=form.cleaned_data["version"], today=timezone.localdate(),
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion) and (newest := selectors.mention_in(workspace)):
                form.show_newer(newest.version, {"code_link": newest.code_link, "website_link": newest.website_link})
        else:
            messages.success(request, _("Your answers are saved."))
            return redirect("awareness:register", firm, agreement, year)
    context = {"form": form, "workspace": workspace, "before": before}
    return render(request, "awareness/mention.html", context, status=form.status)


def _workspace(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    found = workspace_for(request.viewer, firm, agreement, year)
    if found is None or not policies.may_read(request.viewer, found):
        raise Http404
    return found


def _may_write(request: ViewerRequest, workspace: Workspace) -> bool:
    return policies.may_write(request.viewer, workspace.organisation.pk) and not workspace.read_only


def _own(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    found = _workspace(request, firm, agreement, year)
    if not _may_write(request, found):
        raise Http404
    return found


def _own_line(request: ViewerRequest, firm: str, agreement: str, year: str, pk: int) -> tuple[Workspace, Announcement]:
    workspace = _own(request, firm, agreement, year)
    line = selectors.announcement_in(workspace, pk)
    if line is None:
        raise Http404
    return workspace, line


def _page_of(workspace: Workspace, line: Announcement) -> str:
    """The page of the year in which the line's day lies."""
    day = line.announced_on
    year = next((one for one in workspace.years if one.starts_on <= day <= one.ends_on), workspace.year)
    return reverse("awareness:register", kwargs={**workspace.url_parts, "year": year.code})


def _choices(sites: list[Site]) -> list[tuple[str, str]]:
    return [(str(site.pk), _site_name(site)) for site in sites]


def _site_name(site: Site) -> str:
    found = country(site.country)
    parts = [site.name, "" if site.place == site.name else site.place, found.name if found else site.country]
    return ", ".join(part for part in parts if part)


def _show_newer(form: LineForm, line: Announcement | None) -> None:
    if line is not None:
        saved = {
            "site": str(line.site), "announced_on": line.announced_on, "way": line.way_name,
            "languages": line.language_names, "announced_by": line.announced_by, "confirmed_by": line.confirmed_by,
            "confirmed_on": line.confirmed_on,
        }  # fmt: skip
        form.show_newer(line.version, saved)
