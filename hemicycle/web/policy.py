"""The content security policy: no inline script or style, nothing from elsewhere."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
# The hall's screens may stand within a page of ours, and the desk's page around them.
FRAMED = {
    "": POLICY,
    "within": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "around": f"{POLICY}; frame-src 'self'",
}
ALLOWED = "camera=(), microphone=(), geolocation=(), payment=()"


class ContentPolicyMiddleware:
    """Sends the policy with every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", FRAMED[getattr(response, "framed", "")])
        response.headers.setdefault("Permissions-Policy", ALLOWED)
        return response
