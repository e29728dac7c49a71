"""Addresses of the annual reports."""

from django.urls import path

from ketenwijs.domain.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/<slug:agreement>/<str:year>/", views.make, name="make"),
    path("<int:pk>/", views.preview, name="preview"),
    path("<int:pk>/texts/", views.texts, name="texts"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/<str:language>.<str:suffix>", views.download, name="download"),
]
