"""Writes tests/golden/*.xml anew from the same records the tests compare. Run by hand after a change that was meant."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "forms"), str(HERE / "ledgers")]

import test_ledger_files as ledgers  # noqa: E402  (beside this file)
import test_record_word as records  # noqa: E402

from jiafang_desktop.documents.forms.fields import RecordFields  # noqa: E402
from jiafang_desktop.documents.forms.fill import fill_record  # noqa: E402
from jiafang_desktop.documents.ledgers.fill import fill_ledger  # noqa: E402


def main() -> None:
    """Write all of them."""
    made = {
        "record_usual": fill_record(records.VISIT),
        "record_continued": fill_record(replace(records.VISIT, account=records.SENTENCE * 20)),
        "record_blank": fill_record(RecordFields()),
        "ledger_matrix": fill_ledger(ledgers.planned("matrix")),
        "ledger_plain": fill_ledger(ledgers.planned("plain")),
    }
    for name, data in made.items():
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            root = etree.fromstring(package.read("word/document.xml"))
        (records.GOLDEN / f"{name}.xml").write_text(
            etree.tostring(root, pretty_print=True, encoding="unicode"), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
