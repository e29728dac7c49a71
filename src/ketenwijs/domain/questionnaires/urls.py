"""Addresses of the questions."""

from django.urls import path

from ketenwijs.domain.questionnaires import views

app_name = "questionnaires"
WORKSPACE = "<str:firm>/<slug:agreement>/<str:year>/"
urlpatterns = [
    path(WORKSPACE, views.overview, name="overview"),
    path(WORKSPACE + "carry-over/", views.carry_over, name="carry-over"),
    path(WORKSPACE + "confirm/", views.confirm, name="confirm"),
    path(WORKSPACE + "advice/", views.advice, name="advice"),
    path(WORKSPACE + "step/<str:step>/", views.section, name="section"),
    path(WORKSPACE + "evidence/<str:requirement>/", views.evidence, name="evidence"),
    path(WORKSPACE + "evidence/<str:requirement>/<int:pk>/remove/", views.remove_evidence, name="remove-evidence"),
]
