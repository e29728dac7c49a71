"""The example files of deploy/: two programs that share nothing, and a proxy that writes nothing down."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
PLATFORM = ("ketenwijs-web", "ketenwijs-work")
COMPLAINTS = ("ketenwijs-complaints-web", "ketenwijs-complaints-work")
PLACES = ("User", "Group", "EnvironmentFile", "StateDirectory", "WorkingDirectory")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")


def unit(name: str) -> dict[str, list[str]]:
    """The settings of one unit, comments left out."""
    found = defaultdict(list)
    for line in (DEPLOY / f"{name}.service").read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _sign, value = line.partition("=")
            found[key].append(value)
    return found


def directives(name: str) -> list[str]:
    """The lines of one nginx file that say something."""
    lines = (line.split("#")[0].strip() for line in (DEPLOY / name).read_text("utf-8").splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]


@pytest.mark.parametrize("place", PLACES)
def test_the_two_programs_share_no_user_folder_or_secret(place):
    platform, complaints = (
        {value for name in names for value in unit(name)[place]} for names in (PLATFORM, COMPLAINTS)
    )
    assert len(platform) == len(complaints) == 1
    assert platform.isdisjoint(complaints)


def test_no_unit_of_one_program_reads_what_is_the_others():
    for names, foreign in ((PLATFORM, "-complaints"), (COMPLAINTS, "ketenwijs.env")):
        for name in names:
            used = {
                key: values for key, values in unit(name).items() if key not in ("InaccessiblePaths", "Description")
            }
            assert not [value for values in used.values() for value in values if foreign in value], name
    for name in COMPLAINTS:
        ways = [value for key, values in unit(name).items() if key != "InaccessiblePaths" for value in values]
        assert not [one for one in ways if re.search(r"/(etc|var/lib)/ketenwijs(/|$)", one)], name
        assert "-/var/lib/ketenwijs" in unit(name)["InaccessiblePaths"][0].split()
    for name in PLATFORM:
        assert "-/var/lib/ketenwijs-complaints" in unit(name)["InaccessiblePaths"][0].split()
        assert "-/etc/ketenwijs-complaints" in unit(name)["InaccessiblePaths"][0].split()


def test_each_program_has_a_port_and_a_host_of_its_own_and_listens_to_the_proxy_only():
    ports, hosts = {}, {}
    for name, site in (("ketenwijs-web", "nginx.conf"), ("ketenwijs-complaints-web", "nginx-complaints.conf")):
        bound = re.search(r"--bind (127\.0\.0\.1:\d+)$", unit(name)["ExecStart"][0])
        assert bound, name
        ports[name] = bound.group(1)
        assert {one for one in directives(site) if one.startswith("proxy_pass")} == {
            f"proxy_pass http://{ports[name]};"
        }
        (hosts[name],) = {one for one in directives(site) if one.startswith("server_name ")}
        assert hosts[name].endswith(".example.org;")
    assert len(set(ports.values())) == len(set(hosts.values())) == 2


def test_the_second_program_is_shut_in_at_least_as_much_as_the_first():
    own = {"User", "Group", "EnvironmentFile", "StateDirectory", "WorkingDirectory", "ExecStart", "Description"}
    for first, second in zip(PLATFORM, COMPLAINTS, strict=True):
        missing = {
            key: values
            for key, values in unit(first).items()
            if key not in own | {"MemoryMax", "InaccessiblePaths"} and unit(second).get(key) != values
        }
        assert missing == {}
        assert unit(second)["MemorySwapMax"] == unit(second)["LimitCORE"] == ["0"]


def test_the_proxy_of_the_second_program_keeps_no_log_and_no_file():
    said = directives("nginx-complaints.conf")
    servers = said.count("server {")
    assert said.count("access_log off;") == servers == 2
    assert said.count("error_log /dev/null crit;") == servers
    assert [one for one in said if one.startswith(("access_log", "error_log"))] == [
        "access_log off;",
        "error_log /dev/null crit;",
    ] * servers
    for wanted in ("proxy_request_buffering off;", "proxy_max_temp_file_size 0;", "proxy_cache off;"):
        assert said.count(wanted) == 1
    assert any("Referrer-Policy no-referrer" in one for one in said)


def test_the_largest_body_fits_what_the_program_takes():
    source = DEPLOY.parent / "src/ketenwijs"
    one_file = re.search(r"LARGEST_FILE = (\d+) \* 1024", (source / "config/settings/complaints.py").read_text("utf-8"))
    files = re.search(r"MOST_AT_ONCE = (\d+)", (source / "complaints/intake/uploads.py").read_text("utf-8"))
    (largest,) = [int(one.split()[1][:-2]) for one in directives("nginx-complaints.conf") if "max_body" in one]
    assert one_file
    assert files
    assert largest > int(one_file.group(1)) * int(files.group(1))


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd is not installed")
@pytest.mark.parametrize("name", [*PLATFORM, *COMPLAINTS])
def test_systemd_understands_every_line_of_the_units(name):
    words = [str(SYSTEMD_ANALYZE), "verify", str(DEPLOY / f"{name}.service")]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stderr
    assert [line for line in said.splitlines() if "is not executable" not in line and name in line] == []


class Upstream(BaseHTTPRequestHandler):
    """Stands in for the program: counts what comes, and remembers the headers."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[int, dict[str, str]]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((len(body), dict(self.headers)))
        self.send_response(200)
        self.send_header("Content-Length", "6000000")
        self.end_headers()
        self.wfile.write(b"a" * 6_000_000)

    def log_message(self, *_words):
        """Not a line."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def written_for(folder: Path, site: str, upstream: int, port: int) -> Path:
    """A whole nginx configuration around the example, on a free port, with its temporary folders in `folder`."""
    site = re.sub(r"listen (443 ssl http2|80);", lambda m: f"listen 127.0.0.1:{port + (m[1] == '80')};", site)
    site = re.sub(r"^\s*(listen \[::\]|ssl_).*$", "", site, flags=re.MULTILINE)
    site = site.replace("127.0.0.1:8001", f"127.0.0.1:{upstream}")
    for name in ("body", "answers"):
        (folder / name).mkdir()
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; master_process off; pid {folder}/pid; error_log {folder}/log; events {{}}\n"
        f"http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/answers;\n"
        f"access_log {folder}/visits; include {folder}/site.conf; }}\n"
    )
    return folder / "nginx.conf"


@contextmanager
def proxied(folder: Path, site: str):
    """nginx with this site in front of the stand-in; gives its address."""
    Upstream.seen = []
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = free_port()
    conf = written_for(folder, site, behind.server_port, port)
    tested = subprocess.run([str(NGINX), "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen([str(NGINX), "-c", str(conf)], stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                continue
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        behind.shutdown()


def sent_through(folder: Path, site: str) -> tuple[set[str], list[tuple[int, dict[str, str]]]]:
    """Which temporary folders something was written in (a file made and removed shows in the folder's own time)."""
    with proxied(folder, site) as address:
        before = {name: (folder / name).stat().st_mtime_ns for name in ("body", "answers")}
        request = urllib.request.Request(address + "/en/write/", data=b"canary " * 900_000, method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert len(answer.read(1000)) == 1000
            answer.read()
        touched = {
            name
            for name, moment in before.items()
            if (folder / name).stat().st_mtime_ns != moment or list((folder / name).iterdir())
        }
    return touched, Upstream.seen


needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@needs_nginx
def test_a_large_body_goes_through_the_proxy_and_never_touches_the_disk(tmp_path):
    example = (DEPLOY / "nginx-complaints.conf").read_text("utf-8")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.mkdir()
    wrong.mkdir()
    touched, seen = sent_through(right, example)
    assert touched == set()
    assert [length for length, _headers in seen] == [6_300_000]
    assert "User-Agent" not in seen[0][1]
    assert seen[0][1]["X-Forwarded-For"] == "127.0.0.1"
    assert not (right / "visits").exists() or not (right / "visits").read_text()
    assert "127.0.0.1:" not in (right / "log").read_text().replace("bind", "")
    # The look at the folders finds a body that nginx does keep.
    touched, _seen = sent_through(wrong, example.replace("proxy_request_buffering  off", "proxy_request_buffering  on"))
    assert "body" in touched


@needs_nginx
def test_the_proxy_tells_only_that_another_company_reads_along_not_which_telephone(tmp_path):
    example = (DEPLOY / "nginx-complaints.conf").read_text("utf-8")
    callers = [
        ({"User-Agent": "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1/191; U; en) Presto/2.12 Version/12.16"}, "yes"),
        ({"User-Agent": "Mozilla/5.0 (Android)", "X-OperaMini-Phone-UA": "canary-telephone"}, "yes"),
        ({"User-Agent": "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"}, None),
        ({"User-Agent": "Mozilla/5.0", "X-Reads-Along": "canary-telephone"}, None),
    ]
    with proxied(tmp_path, example) as address:
        for headers, _said in callers:
            request = urllib.request.Request(address + "/en/write/", data=b"", headers=headers, method="POST")
            urllib.request.urlopen(request, timeout=60).read()
    seen = [headers for _length, headers in Upstream.seen]
    assert [one.get("X-Reads-Along") for one in seen] == [said for _headers, said in callers]
    assert not [one for one in seen if "User-Agent" in one or "canary" in str(one)]


def test_the_proxy_and_the_program_know_the_same_browsers():
    example = (DEPLOY / "nginx-complaints.conf").read_text("utf-8")
    program = (DEPLOY.parent / "src/ketenwijs/complaints/intake/proxies.py").read_text("utf-8")
    (in_front,) = re.findall(r'"~\*\((.+)\)" yes;', example)
    behind = "".join(re.findall(r'^    r"(.+?)",?$', program, re.MULTILINE))
    assert in_front == behind
    (headers,) = re.findall(r"^HEADERS = \((.+?)\)", program, re.MULTILINE | re.DOTALL)
    for name in re.findall(r'"([\w-]+)"', headers):
        assert "$http_" + name.lower().replace("-", "_") in example
        assert f'proxy_set_header {name} "";' in example


@needs_nginx
def test_while_the_program_is_away_the_page_says_nothing_of_the_place(tmp_path):
    example = (DEPLOY / "nginx-complaints.conf").read_text("utf-8")
    with (
        proxied(tmp_path, example.replace("127.0.0.1:8001", f"127.0.0.1:{free_port()}")) as address,
        pytest.raises(urllib.error.HTTPError) as refused,
    ):
        urllib.request.urlopen(address + "/en/", timeout=60)
    assert refused.value.code == 502
    assert refused.value.headers["Referrer-Policy"] == "no-referrer"
    assert "try again in a minute" in refused.value.read().decode()
    assert (tmp_path / "log").read_text() == ""


@needs_nginx
@pytest.mark.parametrize("site", ["nginx.conf", "nginx-complaints.conf"])
def test_nginx_understands_every_line(tmp_path, site):
    conf = written_for(tmp_path, (DEPLOY / site).read_text("utf-8"), 1, free_port())
    tested = subprocess.run([str(NGINX), "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
