"""The one account page that is not allauth's: its session list asks the database twice for each session."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .errors import SessionUnknown
from .models import User
from .selectors import list_sessions
from .services.sessions import end_other_sessions, end_session


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """List the user's sessions; a POST ends the named one, or without a name all others."""
    if not isinstance(request.user, User):
        raise Http404
    if request.method == "POST":
        _end_sessions(request, request.user)
        return redirect("usersessions_list")
    listed = list_sessions(user=request.user, current_key=request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"sessions": listed, "session_count": len(listed)})


def _end_sessions(request: HttpRequest, user: User) -> None:
    named = request.POST.get("session", "")
    if not named:
        end_other_sessions(user=user, current_key=request.session.session_key)
        return
    try:
        end_session(user=user, session_id=int(named))
    except (SessionUnknown, ValueError) as error:
        raise Http404 from error
