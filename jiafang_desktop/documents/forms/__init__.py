"""附件2, the record form: its measures, how a visit is fitted to it, and the Word document made of it.

Nothing here knows the store or windows; sheets are painted in paper.
"""
