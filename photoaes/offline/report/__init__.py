"""The report of an evaluation: tables and figures as Markdown, as HTML and as CSV.

`sections` says what stands in it, from results alone; `files` writes it.
"""
