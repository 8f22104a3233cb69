"""The chat page's own files, the renderer's where it is installed, and the guard of the door."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from demo import renderer

PAGE_FILES = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "cards.js": "text/javascript",
    "dialog.js": "text/javascript",
    "messages.js": "text/javascript",
    "trouble.js": "text/javascript",
    "words.js": "text/javascript",
    "host-light.json": "application/json",
    "host-dark.json": "application/json",
}


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names that are not this machine's (a rebound one, say) and pages from elsewhere."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    origin = request.headers.get("Origin")
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise web.HTTPForbidden(text="this demo answers to localhost only\n")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise web.HTTPForbidden(text="this demo answers to its own page only\n")
    return await handler(request)


def _page(installed: bool) -> tuple[str, str]:
    """The page, and the policy that goes with it: the content network only when it is needed."""
    tags = []
    for file in renderer.FILES:
        url = f"/renderer/{file.name}" if installed else file.far_url
        checked = "" if installed else f' integrity="{file.integrity}" crossorigin="anonymous"'
        if file.name.endswith(".css"):
            tags.append(f'<link rel="stylesheet" href="{url}"{checked}>')
        else:
            tags.append(f'<script defer src="{url}"{checked}></script>')
    source = "'self'" if installed else f"'self' {renderer.CONTENT_NETWORK}"
    policy = (
        f"default-src 'none'; script-src {source}; style-src {source}; img-src 'self' data:; font-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    text = (renderer.PAGE / "index.html").read_text("utf-8")
    return text.replace("<!-- renderer -->", "\n".join(tags)), policy


def add_page(app: web.Application) -> None:
    """Serve the page's own files and, where it is installed, the renderer."""
    installed = renderer.locate()
    fresh = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}

    async def page(_request: web.Request) -> web.Response:
        text, policy = _page(installed is not None)
        headers = fresh | {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def page_file(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in PAGE_FILES:
            raise web.HTTPNotFound
        return web.FileResponse(renderer.PAGE / name, headers=fresh | {"Content-Type": PAGE_FILES[name]})

    async def renderer_file(request: web.Request) -> web.StreamResponse:
        path = (installed or {}).get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        kind = "text/css" if path.suffix == ".css" else "text/javascript"
        return web.FileResponse(path, headers=fresh | {"Content-Type": kind})

    app.router.add_get("/", page)
    app.router.add_get("/page/{name}", page_file)
    app.router.add_get("/renderer/{name}", renderer_file)
