"""Addresses of the register."""

from django.urls import path

from ketenwijs.complaints.register import views, yearly

app_name = "register"
urlpatterns = [
    path("register/", views.index, name="index"),
    path("register/released.json", views.released, name="released"),
    path("register/assets.txt", views.assets, name="assets"),
    path("register/manifest.json", views.manifest, name="manifest"),
    path("register/posters/", views.posters, name="posters"),
    path("register/posters/<str:language>/<str:size>.pdf", views.poster, name="poster"),
    path("register/self-check/", yearly.public, name="self-check"),
    path("register/self-check/<int:year>/", yearly.public, name="self-check-of"),
    path("committee/self-check/", yearly.yearly, name="yearly"),
    path("committee/self-check/<int:year>/", yearly.yearly, name="yearly-of"),
    path("register/rulings/<int:number>/", views.ruling, name="ruling"),
    path("committee/register/", views.release, name="release"),
    path("committee/rulings/", views.rulings, name="rulings"),
    path("committee/rulings/<int:number>/", views.change, name="change-ruling"),
]
