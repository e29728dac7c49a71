"""Addresses of the register of announcements."""

from django.urls import path

from ketenwijs.domain.awareness.views import firm, secretariat

app_name = "awareness"
MEMBERS = "members/<slug:agreement>/<str:year>/"
WORKSPACE = "<str:firm>/<slug:agreement>/<str:year>/"
urlpatterns = [
    path("", firm.home, name="home"),
    # Before the workspace: three parts in a row would be read as firm, agreement and year.
    path(MEMBERS, secretariat.overview, name="overview"),
    path(MEMBERS + "overview.csv", secretariat.overview_csv, name="overview_csv"),
    path(MEMBERS + "publish/", secretariat.publish, name="publish"),
    path(WORKSPACE, firm.register, name="register"),
    path(WORKSPACE + "new/", firm.add, name="add"),
    path(WORKSPACE + "announcements/<int:pk>/", firm.announcement, name="announcement"),
    path(WORKSPACE + "announcements/<int:pk>/remove/", firm.remove, name="remove"),
    path(WORKSPACE + "mention/", firm.mention, name="mention"),
]
