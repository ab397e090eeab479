"""Papers: what leaves the office to be printed, signed or worked on in Excel.

`bill_pdf` and `bill_workbook` print a bill (*Rincian Iuran*), `findings_workbook` gives a sender's workbook back
with every finding in its place. A paper asks no questions of its own: it is handed what it prints.
"""
