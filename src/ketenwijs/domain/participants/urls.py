"""Addresses of organisations and their people."""

from django.urls import path

from ketenwijs.domain.participants import views

app_name = "participants"
urlpatterns = [
    path("choose/", views.choose, name="choose"),
    path("own/", views.own, name="own"),
    path("<str:firm>/", views.organisation, name="organisation"),
    path("<str:firm>/edit/", views.correct, name="correct"),
    path("<str:firm>/group/", views.holding, name="holding"),
    path("<str:firm>/people/", views.people, name="people"),
    path("<str:firm>/people/invite/", views.invite, name="invite"),
    path("<str:firm>/people/contact/", views.add_contact, name="add_contact"),
    path("<str:firm>/people/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:firm>/people/roles/<int:pk>/end/", views.end_role, name="end_role"),
]
