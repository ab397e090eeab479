"""A person at the site, over real HTTP: signs in, opens pages, fills forms; knows nothing of what goes on behind."""

import re
import uuid
from http.cookiejar import CookieJar
from urllib import parse, request

PASSWORD = "payung-contoh-2022"  # of every synthetic user; the sign-in page of a demonstration tells it
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Clerk:
    """One window of one user. Every call raises OSError while the site is away."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self.username = username
        self.opener = request.build_opener(request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str) -> str:
        """The page, signing in first where it is asked for."""
        text = self._get(path)
        if 'name="password"' not in text:
            return text
        fields = {"username": self.username, "password": PASSWORD, "csrfmiddlewaretoken": _token(text)}
        self.opener.open(self.address + "/masuk", parse.urlencode(fields).encode(), timeout=30).read()
        return self._get(path)

    def send(self, form_path: str, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> None:
        """A form that stands on one page, sent to an address; with a file as `workbook`."""
        fields = fields | {"csrfmiddlewaretoken": _token(self.open(form_path))}
        if file is None:
            self.opener.open(self.address + path, parse.urlencode(fields).encode(), timeout=30).read()
            return
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="workbook"; filename="{file[0]}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + file[1] + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        self.opener.open(request.Request(self.address + path, body, kind), timeout=30).read()

    def _get(self, path: str) -> str:
        text: str = self.opener.open(self.address + path, timeout=30).read().decode()
        return text


def _token(page: str) -> str:
    found = TOKEN.search(page)
    if not found:
        raise OSError("the page has no form")
    return found[1]
