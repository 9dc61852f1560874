"""How every form of learn is shown."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse

from goodword.staff.membership import MemberRequest
from goodword.ui.answers import show


def show_form(request: MemberRequest, form: Form, heading: str, **more: object) -> HttpResponse:
    """The form in the dialog, or as a page; 422 where it was sent and could not be taken."""
    context = {"form": form, "heading": heading, "fragment": "learn/_form.html", **more}
    return show(request, "ui/dialog_page.html", "learn/_form.html", context, status=422 if form.is_bound else 200)
