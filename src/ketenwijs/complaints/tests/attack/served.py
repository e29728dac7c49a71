"""The program as processes of its own with a database on disk, for tests that look at everything it leaves behind."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

KEPT = ("PATH", "HOME", "PYTHONPATH", "LANG")


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_args):
        return None


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes
    location: str = ""

    @property
    def text(self):
        return self.body.decode()


class Browser:
    """A browser without script: cookies, forms, nothing else."""

    def __init__(self, address):
        self.address, self.cookies = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)

    def ask(self, path, data=None, kind="application/x-www-form-urlencoded", timeout=90, **headers):
        headers = {"Content-Type": kind, **headers} if data is not None else headers
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        try:
            with self.opener.open(request, timeout=timeout) as found:
                return Answer(found.status, found.read())
        except urllib.error.HTTPError as found:
            return Answer(found.code, found.read(), found.headers.get("Location", ""))

    def send(self, page, files=(), **fields):
        """Fill in the form of a page, its hidden fields included; files are (field, name, bytes)."""
        shown = self.ask(page).text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
        fields = {**hidden, **fields}
        if not files:
            return self.ask(page, urllib.parse.urlencode(fields).encode())
        edge, parts = "edge-of-the-parts", []
        for name, value in fields.items():
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, file, content in files:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
            parts += [head.encode(), content, b"\r\n"]
        return self.ask(page, b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}")

    def take_number(self, language="en"):
        shown = self.ask(f"/{language}/number/").text
        receipt = re.search(r'id="receipt">([\d ]+)<', shown).group(1).replace(" ", "")
        self.send(f"/{language}/number/", last=receipt[-4:])
        return receipt


@dataclass
class Served:
    """A running program and all that belongs to it. Everything it writes lies in `folder`."""

    folder: Path
    address: str
    environment: dict
    process: subprocess.Popen | None = None

    def run(self, *words, timeout=120, **more):
        """One command of the program."""
        done = subprocess.run(
            [sys.executable, "-m", "ketenwijs.command", *words],
            env={**self.environment, **more},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        with (self.folder / "log").open("a") as log:
            log.write(done.stdout + done.stderr)
        return done

    def start(self):
        """Serve until `stop`; the log goes to the folder too."""
        port = self.address.rpartition(":")[2]
        words = [sys.executable, "-m", "ketenwijs.command", "complaints-serve", "--bind", f"127.0.0.1:{port}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, env=self.environment, cwd=self.folder, stdout=log, stderr=log)
        browser, until = Browser(self.address), time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if browser.ask("/health", timeout=2).status == 200:
                    return
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)
        raise AssertionError("the program did not start")

    def stop(self):
        """End it and wait."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    def cpu_seconds(self):
        """Processor time of the server and its children so far."""
        total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for number in [str(self.process.pid), *children]:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / ticks
        return total


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def on_postgres(url):
    """A new empty database beside the one the tests run on; gives its address."""
    import psycopg

    name = f"attack_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urllib.parse.urlsplit(url)
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(folder, *, start=True):
    """The demonstration of the program, filled and serving, on the engine the tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    (folder / "tmp").mkdir()
    environment = {
        **kept,
        "DATA_DIR": str(folder),
        "COMPLAINTS_DATA_DIR": str(folder / "own"),
        "TMPDIR": str(folder / "tmp"),
    }
    environment["PYTHONUNBUFFERED"] = "1"
    one = Served(folder, f"http://127.0.0.1:{free_port()}", environment)
    with on_postgres(url) if url else _no_database() as found:
        if found:
            environment["COMPLAINTS_DATABASE_URL"] = found
        made = one.run("complaints-demo")
        assert made.returncode == 0, made.stderr
        try:
            if start:
                one.start()
            yield one
        finally:
            one.stop()


@contextmanager
def _no_database():
    yield ""
