"""Judging methods as the papers do: support ratings in, query ratings shown once, at the end.

`contest` puts bank, ratings and protocol together, `evaluate` goes through methods and draws,
`judging` shows a method's scores to the query ratings, `methods` lists what can be compared.
"""
