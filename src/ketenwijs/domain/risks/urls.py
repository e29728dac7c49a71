"""Addresses of the risk analysis."""

from django.urls import path

from ketenwijs.domain.risks import views

app_name = "risks"
WORKSPACE = "<str:firm>/<slug:agreement>/<str:year>/"
urlpatterns = [
    path(WORKSPACE, views.overview, name="overview"),
    path(WORKSPACE + "carry-over/", views.carry_over, name="carry-over"),
    path(WORKSPACE + "confirm/", views.confirm, name="confirm"),
    path(WORKSPACE + "exceptions/<int:pk>/", views.exceptions, name="exceptions"),
    path(WORKSPACE + "<str:country>/<str:material>/<str:stage>/", views.place, name="place"),
]
