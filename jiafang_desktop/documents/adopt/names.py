"""Fields an adopted form can have, and the placeholders a clerk sees in it.

Which cells they belong to is find's.
"""

from __future__ import annotations

# Field (INTERFACE, forms adopt) → placeholder.
PLACEHOLDERS = {
    "unit": "单位", "date": "日期", "number": "序号", "visitee_name": "家访对象姓名", "visitee_post": "家访对象职务",
    "address": "家庭住址", "spouse_name": "配偶姓名", "spouse_work": "配偶工作单位及职务",
    "account": "家访情况记录", "resolution": "家访问题解决情况", "leader_name": "家访领导姓名",
    "leader_post": "家访领导职务", "leader_signature": "家访领导签名", "recorder_signature": "家访记录人签名",
    "matter": "内容", "remark": "备注", "year": "年度", "county": "县名",
}  # fmt: skip
# What else stands for a field: the words of the program's own templates.
SYNONYMS = {"职务": "visitee_post", "工作单位及职务": "spouse_work", "时间": "date"}
FIELDS = {**{words: field for field, words in PLACEHOLDERS.items()}, **SYNONYMS}
RECORD = (
    "unit", "date", "number", "visitee_name", "visitee_post", "address", "spouse_name", "spouse_work", "account",
    "resolution", "leader_name", "leader_post", "leader_signature", "recorder_signature",
)  # fmt: skip
LEDGER = (
    "unit", "number", "leader_name", "leader_post", "visitee_name", "visitee_post", "date", "matter", "remark",
)  # fmt: skip
KINDS = {"record": RECORD, "ledger": LEDGER}
# Without these a form is none of ours to fill.
NEEDED = {"record": ("visitee_name", "account", "resolution"), "ledger": ("visitee_name", "leader_name")}
# Left for the pen: their placeholders mark the place and print nothing.
FOR_THE_PEN = ("leader_signature", "recorder_signature")
