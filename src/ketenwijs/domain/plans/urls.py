"""Addresses of plans of action."""

from django.urls import path

from ketenwijs.domain.plans import views

app_name = "plans"
WORKSPACE = "<str:firm>/<slug:agreement>/<str:year>/"
urlpatterns = [
    # Before the workspace: three parts in a row would be read as firm, agreement and year.
    path("goals/<int:pk>/", views.goal, name="goal"),
    path("goals/<int:pk>/remove/", views.remove_goal, name="remove-goal"),
    path("goals/<int:pk>/measures/new/", views.new_measure, name="new-measure"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/remove/", views.remove_measure, name="remove-measure"),
    path(WORKSPACE, views.plan, name="plan"),
    path(WORKSPACE + "start/", views.start, name="start"),
    path(WORKSPACE + "carry-over/", views.carry_over, name="carry-over"),
    path(WORKSPACE + "move/<str:move>/", views.move, name="move"),
    path(WORKSPACE + "goals/new/", views.new_goal, name="new-goal"),
    path(WORKSPACE + "public-texts/", views.public_texts, name="public-texts"),
    path(WORKSPACE + "preview/", views.preview, name="preview"),
]
