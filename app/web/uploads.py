"""Files in forms: a field that reads them, and room for them in the requests of whoever is signed in."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request, session
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

V = TypeVar("V", bound=Callable[..., Any])


class FilesField(MultipleFileField):
    """The files that were chosen; what happens to them is said by the view, whatever else the form holds."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [file for file in request.files.getlist(self.name) if file.filename]

    @property
    def uploads(self) -> list[FileStorage]:
        return self.data or []

    @property
    def dropped(self) -> list[str]:
        """Which of the files already kept are to go: boxes of the same form."""
        return request.form.getlist(f"{self.name}-hapus")

    def refuse(self, reasons: Iterable[str]) -> None:
        """Add what is wrong with the files, once the form has been validated."""
        self.errors = [*self.errors, *reasons]


def takes_files(most_bytes: int) -> Callable[[V], V]:
    """This view takes larger requests than others. Below who may open it."""

    def decorate(view: V) -> V:
        cast(Any, view).__most_bytes__ = most_bytes
        return view

    return decorate


def register_uploads(app: Flask) -> None:
    """Before anything reads the form, and that is the check of its token."""

    @app.url_value_preprocessor
    def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
        most = getattr(current_app.view_functions.get(endpoint or ""), "__most_bytes__", None)
        if most and "_user_id" in session:  # strangers fill nothing
            request.max_content_length = most
