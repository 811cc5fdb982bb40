"""Addresses of casework. References stand in them, never names; nothing else reaches the database (slug)."""

from django.urls import path

from asb_cases.views import cases, intake, promises, record

urlpatterns = [
    path("reports/", intake.reports_taken, name="reports_taken"),
    path("reports/new/", intake.record_report, name="record_report"),
    path("reports/<uuid:case>/", intake.report_received, name="report_received"),
    path("reports/<uuid:case>/forwarded/", intake.forward_report, name="forward_report"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/find/", cases.find_person, name="find_person"),
    path("cases/<slug:reference>/", cases.case_overview, name="case"),
    path("cases/<slug:reference>/timeline/", cases.case_timeline, name="case_timeline"),
    path("cases/<slug:reference>/promises/", promises.case_promises, name="case_promises"),
    path("cases/<slug:reference>/take/", cases.take_case, name="take_case"),
    path("cases/<slug:reference>/assign/", cases.assign_case, name="assign_case"),
    path("cases/<slug:reference>/transfer/", cases.transfer_case, name="transfer_case"),
    path("cases/<slug:reference>/people/add/", record.add_somebody, name="add_person"),
    path("cases/<slug:reference>/record/", record.record_menu, name="record_menu"),
    path("cases/<slug:reference>/record/<slug:slug>/", record.record_act, name="record_act"),
    path("cases/<slug:reference>/entries/<uuid:event>/correct/", record.correct_entry, name="correct_entry"),
]
