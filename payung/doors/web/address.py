"""From which address a request comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address; behind `PAYUNG_PROXIES` trusted proxies, the one that the outermost of them saw.

    What a caller writes into the header himself stands further left and is never read.
    """
    seen = str(request.META.get("REMOTE_ADDR") or "")
    proxies: int = settings.PAYUNG_PROXIES
    if proxies:
        told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        seen = told[-proxies] if len(told) >= proxies else seen
    try:
        return str(ip_address(seen))
    except ValueError:
        return ""
