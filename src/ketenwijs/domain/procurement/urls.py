"""Addresses of the questions of contracting authorities."""

from django.urls import path

from ketenwijs.domain.procurement import views

app_name = "procurement"
urlpatterns = [
    path("", views.enquiries, name="enquiries"),
    path("ask/", views.ask, name="ask"),
    path("record/", views.record, name="record"),
    path("<int:pk>/", views.enquiry, name="enquiry"),
]
