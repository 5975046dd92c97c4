"""The application: routes from the declarations of pages and forms, and what is around them.

A request passes, in this order: `Guard`, the log-in, the route, the checks of its values, the view in a thread, the template.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from importlib import import_module
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from onrecord.errors import InputError, OnrecordError
from onrecord.serve import atom, guard, openapi, render
from onrecord.serve.kinds import ID, Action, Asked, Desk, Missing, Outcome, Page, checked
from onrecord.serve.live import MOST, Live
from onrecord.serve.login import COOKIE as LOGIN
from onrecord.serve.login import LASTS, Login
from onrecord.serve.rests import Kept
from onrecord.upkeep import catch_up

MODULES = (
    "changes",
    "stories",
    "story",
    "article",
    "raw",
    "diff",
    "who",
    "search",
    "indicators",
    "feeds",
    "outlets",
    "judgements",
    "jobs",
)
PAGES: tuple[Page, ...] = tuple(page for name in MODULES for page in import_module(f"onrecord.serve.{name}").PAGES)
ACTIONS: tuple[Action, ...] = tuple(a for name in MODULES for a in import_module(f"onrecord.serve.{name}").ACTIONS)
ROUTES: tuple[Route, ...] = tuple(r for name in MODULES for r in getattr(import_module(f"onrecord.serve.{name}"), "ROUTES", ()))  # fmt: skip
SAID = "onrecord_said"  # what the last form did, for the next page to say
RESOLVE = 2.0  # seconds between two looks for articles that wait to be set beside the others

View = Callable[[Request], Awaitable[Response]]
Beside = Callable[[], Coroutine[Any, Any, None]]


def app(desk: Desk, *, resolve: bool = True, beside: Beside | None = None) -> Starlette:
    """The desk as an ASGI application.

    With `resolve`, what others put into the record is set beside the rest as it comes. `beside` is run as long as the desk is open.
    """
    routes = [
        Route("/", lambda request: RedirectResponse("/changes", 307)),
        Route("/live", live),
        Route("/login", login, methods=["GET", "POST"]),
        Route("/openapi.json", lambda request: JSONResponse(openapi.document(PAGES, ACTIONS))),
        Route("/static/{name:path}", static),
        *(route for page in PAGES for route in routes_of(page)),
        *(Route(action.path, performs(action), methods=["POST"], name=action.name) for action in ACTIONS),
        *(Route(route.path, private(threaded(route.endpoint)), name=route.name) for route in ROUTES),
    ]
    made = Starlette(
        routes=routes,
        middleware=[Middleware(guard.Guard, hosts=desk.hosts)],
        exception_handlers={HTTPException: refused, OnrecordError: troubled},  # type: ignore[dict-item]
        lifespan=lambda made: background(made, resolve, beside),
    )
    made.state.desk, made.state.login, made.state.rests = desk, Login(desk.password), Kept(desk.store)
    made.state.live = Live(desk.store)
    return made


@asynccontextmanager
async def background(made: Starlette, resolve: bool, beside: Beside | None) -> AsyncIterator[None]:
    """What runs beside the answers: the look for news, and the setting of articles beside each other."""
    tasks = [asyncio.create_task(made.state.live.watch())]
    if resolve:
        tasks.append(asyncio.create_task(resolving(made.state.desk)))
    if beside:
        tasks.append(asyncio.create_task(beside()))
    yield
    for task in tasks:
        task.cancel()


async def resolving(desk: Desk) -> None:
    """Resolves what waits, for ever; a record that cannot be written is said once and tried again."""
    told = ""
    while True:
        try:
            await run_in_threadpool(catch_up, desk.store, False, say)
            told = ""
        except OnrecordError as error:
            if str(error) != told:
                told = str(error)
                say(told)
        await asyncio.sleep(RESOLVE)


def say(line: str) -> None:
    """One line for who started the desk."""
    print(f"onrecord: {line}", file=sys.stderr)


def routes_of(page: Page) -> list[Route]:
    """A page's addresses: .json, .csv and .atom first, as an id could end in them."""
    styles = [("json", ".json"), ("csv", ".csv"), ("atom", ".atom"), ("html", "")]
    styles = [s for s in styles if (s[0] != "csv" or page.rows) and (s[0] != "atom" or page.entries)]
    return [Route(page.path + ending, shows(page, style), name=f"{page.name}_{style}") for style, ending in styles]


def private(view: View) -> View:
    """A view for those who may see the desk."""

    async def seen(request: Request) -> Response:
        entry: Login = request.app.state.login
        if not await run_in_threadpool(entry.knows, request):
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse(f"/login?next={quote(str(request.url.path))}", 303)
            return JSONResponse({"wrong": "log in first, or send the password as a bearer token"}, 401, {"WWW-Authenticate": "Bearer"})  # fmt: skip
        return await view(request)

    return seen


def threaded(view: Callable[[Request], Response]) -> View:
    """A view that runs in a thread, with what is wrong said in one line."""

    async def seen(request: Request) -> Response:
        try:
            return await run_in_threadpool(view, request)
        except InputError as error:
            return await run_in_threadpool(wrong, request, str(error), 404 if isinstance(error, Missing) else 400)

    return seen


def shows(page: Page, style: str) -> View:
    """The view of a page in one style."""

    async def view(request: Request) -> Response:
        try:
            return await run_in_threadpool(answer, request, page, style)
        except InputError as error:
            return wrong(request, str(error), 404 if isinstance(error, Missing) else 400, style)

    return private(view)


def answer(request: Request, page: Page, style: str) -> Response:
    """A page's data in one style. Raises InputError."""
    asked = asked_of(request, page)
    desk: Desk = request.app.state.desk
    data = page.view(desk, asked)
    if style == "json":
        response = Response(msgspec.json.encode(data), media_type="application/json")
    elif style == "csv" and page.rows:
        response = Response(render.table(page.rows(data)), media_type="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{page.name}.csv"'
    elif style == "atom" and page.entries:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        base = str(request.base_url).rstrip("/")
        response = Response(atom.feed(f"onrecord: {page.title}", base, here, page.entries(data)), media_type="application/atom+xml")  # fmt: skip
    else:
        response = html(request, page, data, asked)
        keep(request, response, page.cookies(desk, asked, data) if page.cookies else {})
    return unchanged(request, response)


def keep(request: Request, response: Response, cookies: Mapping[str, str]) -> None:
    """Gives the browser what it is to keep for a year."""
    for name, value in cookies.items():
        response.set_cookie(name, value, max_age=365 * 86400, httponly=True, samesite="strict", secure=is_tls(request))


def asked_of(request: Request, page: Page) -> Asked:
    """What was asked for. Raises InputError."""
    query = request.query_params
    values, lists = checked(page.params, {name: query.getlist(name) for name in query}, path_of(request))
    return Asked(path=request.url.path, values=values, lists=lists, cookies=request.cookies)


def path_of(request: Request) -> dict[str, str]:
    """The ids in the path. Raises Missing for what is none."""
    for value in request.path_params.values():
        if not re.fullmatch(ID, value):
            raise Missing(f"{value[:80]!r} is no id; an id has from 8 to 64 of the characters 0-9 and a-f")
    return dict(request.path_params)


def html(request: Request, page: Page, data: Any, asked: Asked, status: int = 200, **more: Any) -> Response:
    """A page as HTML, with the browser's cookie for forms."""
    cookie = guard.cookie_of(request)
    around = surroundings(request, cookie) | more
    text = render.page(page.name, view=data, asked=asked, page=page, **around)
    response = Response(text, status, media_type="text/html")
    response.set_cookie(guard.COOKIE, cookie, httponly=True, samesite="strict", secure=is_tls(request))
    if SAID in request.cookies:
        response.delete_cookie(SAID)
    return response


def surroundings(request: Request, cookie: str) -> dict[str, Any]:
    """What every template is given besides its data."""
    state = request.app.state
    return {
        "desk": state.desk,
        "rests": state.rests.now(),
        "partial": "hx-request" in request.headers,  # it takes a part of the page only
        "pages": [p for p in PAGES if p.nav],
        "token": guard.token(state.desk.secret, cookie),
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "base": str(request.base_url).rstrip("/"),
        "said": unquote(request.cookies.get(SAID, ""))[:500],
        "typed": {},
        "wrong": "",
    }


def unchanged(request: Request, response: Response) -> Response:
    """The answer, or that the browser has it already."""
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:20]}"'
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept, HX-Request"
    if request.headers.get("if-none-match") == tag:
        again = Response(status_code=304)
        again.headers.update({"ETag": tag, "Cache-Control": "private, no-cache"})
        return again
    return response


def is_tls(request: Request) -> bool:
    """Whether the browser came by TLS."""
    return request.url.scheme == "https"


def wrong(request: Request, why: str, status: int, style: str = "html") -> Response:
    """What is wrong, in one line, on a page of its own."""
    if style == "json":
        return JSONResponse({"wrong": why}, status)
    if style in ("csv", "atom"):
        return Response(why + "\n", status, media_type="text/plain")
    cookie = guard.cookie_of(request)
    text = render.page("wrong", status=status, why=why, page=None, **surroundings(request, cookie))
    return Response(text, status, media_type="text/html")


def performs(action: Action) -> View:
    """The view of a form."""

    async def view(request: Request) -> Response:
        form = await sent(request)
        if guard.is_forged(request, request.app.state.desk.secret, str(form.get("token", ""))):
            return wrong(request, "This form is not one that this desk gave to this browser, or is from before it was started anew. Open the page again and send it once more.", 403)  # fmt: skip
        return await run_in_threadpool(perform, request, action, form)

    return private(view)


async def sent(request: Request) -> FormData:
    """A form's values; empty for what is no form."""
    try:
        return await request.form(max_files=1, max_fields=100, max_part_size=guard.MOST)
    except HTTPException:
        return FormData()


def perform(request: Request, action: Action, form: FormData) -> Response:
    """Does what a form asks; what is wrong with it is said on the page that it was on, with what was typed."""
    given = {
        name: [v if isinstance(v, str) else v.file.read().decode("latin-1") for v in form.getlist(name)]
        for name in form
    }
    status = 400  # a value is not as declared
    try:
        values, lists = checked(action.params, given, path_of(request))
        status = 409  # it is, but cannot be done
        outcome = action.act(request.app.state.desk, Asked(path=request.url.path, values=values, lists=lists, cookies=request.cookies))  # fmt: skip
    except InputError as error:
        return again(request, given, str(error), 404 if isinstance(error, Missing) else status)
    return leading(request, outcome)


def leading(request: Request, outcome: Outcome) -> Response:
    """On to the page where a form leads, or the part of the open page that it changed."""
    response: Response = RedirectResponse(outcome.to, 303)
    if outcome.part and "hx-request" in request.headers:
        response = Response(render.page(outcome.part, item=outcome.shown), media_type="text/html")
    keep(request, response, outcome.cookies)
    if outcome.said:
        response.set_cookie(SAID, quote(outcome.said[:500]), max_age=60, httponly=True, samesite="strict", secure=is_tls(request))  # fmt: skip
    return response


def again(request: Request, given: Mapping[str, list[str]], why: str, status: int) -> Response:
    """The page that a form was on, with what is wrong and what was typed."""
    back = urlsplit((given.get("back") or [""])[0])
    scope = {**request.scope, "method": "GET", "path": back.path, "query_string": back.query.encode("ascii", "ignore")}
    for page in PAGES:
        matched = Route(page.path, shows(page, "html")).matches(scope)
        if matched[0].value == 2:
            origin = Request({**scope, **matched[1]})
            try:
                asked = asked_of(origin, page)
                data = page.view(request.app.state.desk, asked)
            except InputError:
                break
            typed = {name: values[0] for name, values in given.items() if values and len(values[0]) < 10_000}
            return html(origin, page, data, asked, status, typed=typed, wrong=why)
    return wrong(request, why, status)


async def static(request: Request) -> Response:
    """A file that pages have, for good where the address names its content."""
    name = request.path_params["name"]
    if (data := render.static().get(name)) is None:
        raise HTTPException(404)
    lasts = "public, max-age=31536000, immutable" if request.url.query and render.asset(name).endswith(f"?{request.url.query}") else "no-cache"  # fmt: skip
    return Response(data, media_type=guess_type(name)[0], headers={"Cache-Control": lasts})


async def live(request: Request) -> Response:
    """News of the record."""
    state = request.app.state
    if not await run_in_threadpool(state.login.knows, request):
        return Response(status_code=401)
    if state.live.listening >= MOST:
        return Response(status_code=503)
    return StreamingResponse(state.live.events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def login(request: Request) -> Response:
    """The page that asks for the password."""
    entry: Login = request.app.state.login
    onward = request.query_params.get("next", "/changes")
    onward = onward if onward.startswith("/") and not onward.startswith(("//", "/\\")) else "/changes"
    status, why = 200, ""
    if request.method == "POST":
        form = await sent(request)
        if guard.is_forged(request, request.app.state.desk.secret, str(form.get("token", ""))):
            status, why = 403, "This form is from before the desk was started anew; send it once more."
        elif cookie := await run_in_threadpool(entry.enter, str(form.get("password", ""))):
            response = RedirectResponse(onward, 303)
            response.set_cookie(LOGIN, cookie, max_age=LASTS, httponly=True, samesite="strict", secure=is_tls(request))
            return response
        else:
            status = 429 if entry.is_blocked() else 401
            why = "Too many wrong passwords; wait a minute." if entry.is_blocked() else "That is not the password."
    cookie = guard.cookie_of(request)
    text = render.page("login", token=guard.token(request.app.state.desk.secret, cookie), wrong=why, onward=onward)
    answered = Response(text, status, media_type="text/html", headers={"Cache-Control": "no-store"})
    answered.set_cookie(guard.COOKIE, cookie, httponly=True, samesite="strict", secure=is_tls(request))
    return answered


async def refused(request: Request, error: HTTPException) -> Response:
    """An address that leads nowhere."""
    style = "json" if request.url.path.endswith(".json") else "html"
    if not await run_in_threadpool(request.app.state.login.knows, request):
        return Response(status_code=error.status_code)
    why = "There is no such page here." if error.status_code == 404 else str(error.detail)
    response = await run_in_threadpool(wrong, request, why, error.status_code, style)
    response.headers.update(error.headers or {})
    return response


async def troubled(request: Request, error: OnrecordError) -> Response:
    """The record or its evidence cannot be used just now."""
    return Response(f"{error}\n", 503, media_type="text/plain")
