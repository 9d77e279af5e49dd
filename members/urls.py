from django.urls import URLPattern, path

from members.views import association, decisions, exports, imports, readings, supporter, supporters

app_name = "members"
urlpatterns: list[URLPattern] = [
    path("supporters/", supporters.supporters, name="supporters"),
    path("supporters/search/", supporters.search, name="search"),
    path("supporters/add/", supporter.add, name="add"),
    path("supporters/import/", imports.import_list, name="import"),
    path("supporters/import/rows/", imports.import_rows, name="import_rows"),
    path("supporters/import/template/", imports.template, name="import_template"),
    path("supporters/export/", exports.export_list, name="export"),
    path("supporters/readings/", readings.readings, name="readings"),
    path("supporters/<str:number>/", supporter.supporter, name="supporter"),
    path("supporters/<str:number>/edit/", supporter.edit, name="edit"),
    path("supporters/<str:number>/reading/", readings.set_reading, name="reading"),
    path("supporters/<str:number>/consent/", decisions.consent, name="consent"),
    path("supporters/<str:number>/opt-out/", decisions.opt_out, name="opt_out"),
    path("supporters/<str:number>/leave/", decisions.leave, name="leave"),
    path("supporters/<str:number>/lapse/", decisions.lapse, name="lapse"),
    path("supporters/<str:number>/return/", decisions.come_back, name="return"),
    path("association/", association.association, name="association"),
    path("association/seal.png", association.seal, name="seal"),
    path("association/<slug:section>/", association.section, name="association_section"),
]
