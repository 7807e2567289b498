"""How a refusal looks: one place that turns `Refused`, a missing thing and a failing database into a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hemicycle.journal.act import Refused


class RefusalMiddleware:
    """Renders a refusal as a page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return HttpResponse(exception.sentence, status=exception.status)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell a person whose form did not come from this site or has grown too old."""
    return HttpResponse(reason, status=403)
