"""Watching from outside: fetch what a telephone would fetch, and compare it with the signed manifest.

Needs an address and the check number of the poster, nothing else: no account, no database, no copy of the content.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import urllib.error
import urllib.parse
import urllib.request
import urllib.response
import zlib
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from ketenwijs.complaints.release.expected import policy_of
from ketenwijs.complaints.release.skeleton import digest_of, elements_of, form_of, lines_of
from ketenwijs.complaints.sealing import keylists, manifests
from ketenwijs.complaints.sealing.manifests import Manifest, NotSigned
from ketenwijs.complaints.sealing.refusals import Refusal

MANIFEST = "/register/manifest.json"
KEYS = "/sealed/keys/"
LARGEST = 8 * 1024 * 1024
SECONDS = 60
MOST_PARTS = 20
HAS_BROTLI = importlib.util.find_spec("brotli") is not None
WRITINGS = ("identity", "gzip", *(["br"] if HAS_BROTLI else []))
"""A server keeps a file also packed; browsers get those copies, so each of them is compared."""
# As a common telephone asks: a host that serves something else to whoever is plainly a program would not be seen.
AGENT = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)


class Unwatchable(Exception):
    """Nothing could be compared; its text says why."""


@dataclass
class Watched:
    """What came of it. `passed_over`: what is not offered now and therefore was not compared."""

    manifest: Manifest
    compared: int = 0
    differences: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """One answer; `path` is where it came from in the end, with its host when that is another one."""

    status: int
    path: str
    policy: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; bytes that are none show as such and then differ."""
        return self.body.decode("utf-8", "backslashreplace")


class Visitor:
    """One browser without script: keeps cookies while it lives, follows where it is led."""

    def __init__(self, address: str, agent: str = AGENT) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("https", "http") or not parts.netloc:
            raise Unwatchable("Give the address as it stands on the poster, beginning with https://")
        self.origin, self.agent = f"{parts.scheme}://{parts.netloc}", agent
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, fields: dict[str, str] | None = None, writing: str = "gzip") -> Answer:
        """Get a page, or post a form. Raises Unwatchable when nothing comes."""
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        headers = {"User-Agent": self.agent, "Accept-Encoding": writing, "Accept": "text/html,*/*"}
        request = urllib.request.Request(self.origin + path, data, headers)  # noqa: S310 - scheme is checked above
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                return self._answer(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return self._answer(refused)
        except (OSError, ValueError, EOFError, zlib.error) as error:
            raise Unwatchable(f"{path} did not come: {error}") from error

    def _answer(self, answer: urllib.response.addinfourl) -> Answer:
        body = _unpacked(answer.read(LARGEST + 1), answer.headers.get("Content-Encoding", ""))
        came_from = answer.url.removeprefix(self.origin).partition("?")[0]
        policy = ";".join(answer.headers.get_all("Content-Security-Policy", []))
        return Answer(answer.status or 0, came_from, policy, body)


def _unpacked(body: bytes, writing: str) -> bytes:
    """What a browser makes of the body; nothing larger than any page or script may be. Raises ValueError."""
    if writing == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, LARGEST)
    if writing == "br" and HAS_BROTLI:
        brotli = importlib.import_module("brotli")
        try:
            return bytes(brotli.Decompressor().process(body, output_buffer_limit=LARGEST))
        except brotli.error as error:
            raise ValueError("its packed copy cannot be read") from error
    return body


def watch(address: str, check_number: str, *, least_serial: int = 0, agent: str = AGENT) -> Watched:
    """Compare everything. Raises Unwatchable without an answer or without a manifest that the root key signed."""
    first = Visitor(address, agent)
    found = Watched(_manifest(first.ask(MANIFEST), check_number, least_serial))
    _compare_keys(found, first.ask(KEYS), check_number)
    for path, digest in found.manifest.files.items():
        _compare_file(found, path, digest, first)
    writing = {path for path in found.manifest.pages if path.endswith("/write/")}
    for path in found.manifest.pages:
        if path not in writing:
            _compare_page(found, path, _asked(found, first, path))
    for path in sorted(writing):
        _compare_page(found, path, _led_to_write(found, Visitor(address, agent), path))
    return found


def _manifest(answer: Answer, check_number: str, least_serial: int) -> Manifest:
    if answer.status != 200:
        raise Unwatchable(f"There is no signed manifest at {MANIFEST} (answer {answer.status}).")
    try:
        data = json.loads(answer.body)
        return manifests.checked(
            data["document"], data["signature"], check_number=check_number, least_serial=least_serial
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unwatchable(f"What came from {MANIFEST} is no manifest.") from error
    except NotSigned as refusal:
        raise Unwatchable(str(refusal)) from refusal


def _compare_keys(found: Watched, answer: Answer, check_number: str) -> None:
    """Browsers seal to the list of keys; it must be signed by the same root."""
    found.compared += 1
    try:
        data = json.loads(answer.body)
        wanted = keylists.fingerprint(found.manifest.root)
        keylists.checked(data["document"].encode(), data["signature"], fingerprint_wanted=wanted)
    except (ValueError, KeyError, TypeError, AttributeError, Refusal):
        found.differences.append(f"{KEYS}: the list of keys is not signed by the root of {check_number}")


def _compare_file(found: Watched, path: str, digest: str, visitor: Visitor) -> None:
    found.compared += 1
    for writing in WRITINGS:
        answer = _asked(found, visitor, path, writing=writing)
        if answer is None:
            return
        if answer.status != 200 or answer.path != path:
            found.differences.append(f"{path}: is not there (answer {answer.status})")
            return
        if hashlib.sha256(answer.body).hexdigest() != digest:
            found.differences.append(f"{path}: other content than was signed ({writing})")


def _asked(
    found: Watched, visitor: Visitor, path: str, fields: dict[str, str] | None = None, writing: str = "gzip"
) -> Answer | None:
    """An answer; none becomes a difference, so that one slow file does not hide the others."""
    try:
        return visitor.ask(path, fields, writing)
    except Unwatchable as missing:
        found.differences.append(str(missing))
        return None


def _led_to_write(found: Watched, visitor: Visitor, path: str) -> Answer | None:
    """The page to write on, the way a person comes there: a number, its last digits. Nothing is told or sent."""
    number = path.removesuffix("write/") + "number/"
    page = _asked(found, visitor, number)
    if page is None or page.path != number:
        return page
    key, receipt = form_of(page.text)
    if not receipt:
        found.differences.append(f"{number}: shows no number")
        return None
    return _asked(found, visitor, number, {"key": key, "last": receipt[-4:]})


def _compare_page(found: Watched, path: str, answer: Answer | None) -> None:
    if answer is None:
        return
    start = path.removesuffix("number/").removesuffix("write/")
    if answer.path == start != path:
        found.passed_over.append(f"{path}: no form is offered now")
        return
    found.compared += 1
    if answer.status != 200 or answer.path != path:
        found.differences.append(f"{path}: is not there (answer {answer.status} from {answer.path})")
        return
    if policy_of(answer.policy) != found.manifest.policy:
        found.differences.append(f"{path}: the browser gets another policy for scripts: {answer.policy or 'none'}")
    lines = lines_of(answer.text)
    if digest_of(lines) in found.manifest.pages[path]:
        return
    new = [one for one in dict.fromkeys(elements_of(lines)) if one not in found.manifest.parts]
    for one in new[:MOST_PARTS]:
        found.differences.append(f"{path}: was not signed: {one}")
    if not new:
        found.differences.append(f"{path}: the words, or their order, are not as signed")
