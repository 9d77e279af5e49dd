from django.urls import path

from receipts.views import print_runs, receipts

app_name = "receipts"
urlpatterns = [
    path("", receipts.receipt_list, name="receipts"),
    path("issue/", receipts.issue, name="issue"),
    path("print/", print_runs.plan, name="plan"),
    path("print/<int:pk>/", print_runs.print_run, name="print_run"),
    path("print/<int:pk>/file/", print_runs.file, name="print_file"),
    path("print/<int:pk>/settle/", print_runs.settle, name="settle"),
    path("test-sheet/", print_runs.test_sheet, name="test_sheet"),
    path("<str:number>/", receipts.receipt, name="receipt"),
    path("<str:number>/pdf/", receipts.copy, name="copy"),
    path("<str:number>/void/", receipts.void_receipt, name="void"),
    path("<str:number>/reissue/", receipts.reissue_receipt, name="reissue"),
]
