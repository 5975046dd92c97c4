"""serve: the desk, a web page over the record. One file a page (its data), one template a page (how it looks).

    app(desk: Desk) -> a Starlette application        serve(desk, host, port) runs it

A `Page` is a GET address whose data is a msgspec Struct: the same address shows it as HTML, with `.json` as data, and with `.csv` as a
table where it has one. An `Action` is a POST of a form: it changes something and leads to a page. Both are declared once, as values, and the
routes, the checks of what was sent, the OpenAPI document and the templates' links all come from that (`kinds`, `app`, `openapi`).
What is common to all answers is in `guard` (headers, hosts, forged forms) and `login`.
"""
