"""Lists of supporters as files: CSV in any encoding, XLSX as a spreadsheet writes it."""

import csv
from io import BytesIO, StringIO

import openpyxl

HEADERS = (
    "支援者番号", "種別", "氏名", "フリガナ", "担当者名", "郵便番号", "都道府県", "住所", "電話", "メール", "世帯", "連絡方法", "同意日", "備考",
)  # fmt: skip
HANAKO = {
    "支援者番号": "A-1", "種別": "個人", "氏名": "髙﨑　花子", "フリガナ": "タカサキ ハナコ", "郵便番号": "150-0002", "都道府県": "東京都",
    "住所": "渋谷区渋谷1-1", "電話": "03-1234-5678", "メール": "hanako@example.jp", "世帯": "髙﨑家", "連絡方法": "郵送", "同意日": "2025-04-01",
    "備考": "集会で知り合った",
}  # fmt: skip
MIDORI = {"支援者番号": "B-7", "種別": "団体", "氏名": "みどり書房", "フリガナ": "ミドリショボウ", "担当者名": "邊見　誠", "連絡方法": "メール", "メール": "midori@example.jp"}


def csv_file(*rows, headers=None, encoding="utf-8-sig"):
    """A CSV of `rows` (dicts by header); the headers are those that occur, in the usual order."""
    headers = headers or [one for one in HEADERS if any(one in row for row in rows)]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([row.get(header, "") for header in headers] for row in rows)
    return out.getvalue().encode(encoding)


def xlsx_file(*rows, headers=None):
    """An XLSX of `rows`; values keep their types."""
    headers = headers or [one for one in HEADERS if any(one in row for row in rows)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(headers))
    for row in rows:
        sheet.append([row.get(header) for header in headers])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
