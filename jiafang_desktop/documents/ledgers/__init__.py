"""附件1, the ledger: planned as pages, as a Word document, and as a workbook.

Which visits stand in it is decided in services; nothing here knows the store or windows.
"""
