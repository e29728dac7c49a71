"""Permanent addresses of the public site."""

from django.urls import path

from ketenwijs.sites.public import opendata, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("check/", views.check, name="check"),
    path("register/<slug:agreement>/", views.register, name="register"),
    path("register/<slug:agreement>/authorities/", views.authorities, name="authorities"),
    path("register/<slug:agreement>/register.csv", opendata.register_csv, name="register-csv"),
    path("register/<slug:agreement>/register.json", opendata.register_json, name="register-json"),
    path("register/<slug:agreement>/<str:firm>/", views.firm, name="firm"),
    path("register/<slug:agreement>/<str:firm>/extract/", views.extract, name="extract"),
    path("plans/<slug:agreement>/<str:firm>/<str:year>/", views.plan, name="plan"),
    path("areas/<slug:agreement>/", views.areas, name="areas"),
    path("figures/<slug:agreement>/", views.figures, name="figures"),
    path("reports/<slug:agreement>/<str:year>/", views.report, name="report"),
]
