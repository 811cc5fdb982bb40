from django.http import HttpResponse
from django.urls import path

from tests.frontend.gallery import views

PAGES = [
    "parts/",
    "form/",
    "form/filled/",
    "form/wrong/",
    "form/unasked/",
    "plan/",
    "plan/wrong/",
    "plan/empty/",
    "question/",
    "question/wrong/",
    "sign-in/",
    "sign-in/wrong/",
    "cases/",
    "cases/?status=new&status=triage&risk=high&q=abbey&opened_day=1&opened_month=8&opened_year=2026",
    "cases/?q=nowhere",
    "case/",
    "dashboard/",
    "progress/",
    "done/",
    "error/400/",
    "error/403/",
    "error/404/",
    "error/500/",
    "error/csrf/",
]

urlpatterns = [
    path("", views.index, name="home"),
    path("parts/", views.parts),
    path("form/", views.every_field),
    path("form/<state>/", views.every_field),
    path("plan/", views.plan),
    path("plan/<state>/", views.plan),
    path("question/", views.question),
    path("question/<state>/", views.question),
    path("sign-in/", views.sign_in),
    path("sign-in/<state>/", views.sign_in),
    path("cases/", views.cases),
    path("case/", views.case),
    path("dashboard/", views.dashboard),
    path("progress/", views.progress),
    path("done/", views.done),
    path("error/<code>/", views.error),
    path("sign-out/", lambda request: HttpResponse("Signed out"), name="sign_out"),
    path("deadlines/", lambda request: HttpResponse("Calculator"), name="deadlines"),
    path("standards/", lambda request: HttpResponse("Standards"), name="public_standards"),
    path("accessibility/", lambda request: HttpResponse("Statement"), name="accessibility_statement"),
]
