"""The addresses of plans, indicators and figures."""

from django.urls import path

from hemicycle.plans.views import comparing, entering, exporting, reading, reporting, sheets

app_name = "plans"
urlpatterns = [
    path("bodies/<slug:slug>/plans/", reading.plans, name="plans"),
    path("bodies/<slug:slug>/plans/new/", entering.plan, name="new"),
    path("bodies/<slug:slug>/plans/<int:number>/", reading.plan, name="plan"),
    path("periods/<int:period_id>/close/", entering.close, name="close"),
    path("periods/<int:period_id>/indicators/", entering.define, name="define"),
    path("indicators/<int:indicator_id>/", reading.indicator, name="indicator"),
    path("indicators/<int:indicator_id>/definition/", entering.redefine, name="redefine"),
    path("indicators/<int:indicator_id>/target/", entering.target, name="target"),
    path("indicators/<int:indicator_id>/shares/", entering.shares, name="shares"),
    path("indicators/<int:indicator_id>/report/", reporting.report, name="report"),
    path("indicators/<int:indicator_id>/compare/", comparing.compare, name="compare"),
    path("indicators/<int:indicator_id>/peers/", comparing.form_peers, name="form_peers"),
    path("peers/<int:peer_group_id>/dissolve/", comparing.dissolve_peers, name="dissolve_peers"),
    path("indicators/<int:indicator_id>/method/", reporting.method, name="method"),
    path("bodies/<slug:slug>/plans/<int:number>/figures.csv", exporting.as_csv, name="csv"),
    path("bodies/<slug:slug>/plans/<int:number>/figures.csv-metadata.json", exporting.as_csvw, name="csvw"),
    path("bodies/<slug:slug>/plans/<int:number>/figures.xlsx", exporting.as_xlsx, name="xlsx"),
    path("bodies/<slug:slug>/plans/<int:number>/figures.json", exporting.as_json, name="json"),
    path("units/<slug:slug>/figures/", reading.figures, name="figures"),
    path("units/<slug:slug>/figures/table/", sheets.sheet, name="sheet"),
    path("units/<slug:slug>/figures/table/template/", sheets.template, name="template"),
    path("units/<slug:slug>/figures/table/enter/", sheets.enter_sheet, name="enter_sheet"),
    path("figures/tables/<int:sheet_id>/withdraw/", sheets.withdraw, name="withdraw"),
    path("figures/files/<int:figure_file_id>/", reporting.file, name="file"),
    path("figures/<int:figure_id>/review/", reporting.review, name="review"),
    path("figures/<int:figure_id>/dispute/", reporting.dispute, name="dispute"),
]
