"""The same number in each kind of file: what the search must find, else its silence would prove nothing."""

import base64
import gzip
import io
import sqlite3
import zipfile
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pyrage
from weasyprint import HTML


def plant(folder: Path, number: str, key: pyrage.x25519.Recipient) -> list[str]:
    """Write one file of each kind into `folder`; their names as the search will tell them."""
    words = f"マイナンバー：{number}"
    files = {
        "plain.txt": words.encode(),
        "cp932.csv": words.encode("cp932"),
        "utf16.txt": words.encode("utf-16"),
        "spaced.txt": " ".join(number).encode(),
        "kanji.txt": number.translate(str.maketrans("0123456789", "〇一二三四五六七八九")).encode(),
        "circled.txt": number.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")).encode(),
        "base64.eml": base64.encodebytes(words.encode()),
        "letter.eml": _mail(words),
        "packed.gz": gzip.compress(words.encode()),
        "packed.zip": _zip(words.encode()),
        "zip-in-zip.zip": _zip(_zip(words.encode())),
        "book.xlsx": _book(words),
        "page.pdf": HTML(string=f"<p>{words}</p>").write_pdf(),
        "locked.age": pyrage.encrypt(_zip(words.encode()), [key]),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _database(folder / "rows.sqlite3", words)
    found = sorted([*files, "rows.sqlite3", "rows.sqlite3-wal"])
    return [f"{name} (opened)" if name == "locked.age" else name for name in found]


def _zip(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", data)
    return file.getvalue()


def _book(words: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([words])
    book.save(file)
    return file.getvalue()


def _mail(words: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "試し"
    message.set_content(words, cte="quoted-printable")
    return bytes(message)


def _database(path: Path, words: str) -> None:
    """A row in the database, another only in its log of writes; the log stays because the writer is killed off."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE rows (words TEXT)")
        database.execute("INSERT INTO rows VALUES (?)", [words])
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("INSERT INTO rows VALUES (?)", [words])
        database.commit()
        wal = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(wal)
