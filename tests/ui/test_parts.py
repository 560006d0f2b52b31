"""The parts of pages: valid in every state, errors tied to their fields, nothing left to the browser alone."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, render_template, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.web.forms import Form, LengthBetween, WholeNumberField, required
from tests.pages import check_page

CHOICES = [SelectChoice("1", "Misi 1"), SelectChoice("2", "Misi 2")]


class Specimen(Form):
    title = StringField("Judul", validators=[required(), LengthBetween(10, 120)], description="Satu kalimat.")
    problem = TextAreaField("Masalah", validators=[required(), LengthBetween(30, 2000)])
    misi = SelectMultipleField("Misi", choices=CHOICES, validators=[required()])
    place = RadioField("Tempat", choices=CHOICES, validators=[required()])
    village = SelectField("Desa", choices=[SelectChoice("", "Pilih"), *CHOICES], validators=[required()])
    cost = WholeNumberField("Biaya", validators=[Optional()])
    opens = DateTimeLocalField("Dibuka", validators=[required()])
    secret = PasswordField("Kata sandi", validators=[required()])
    agreed = BooleanField("Setuju", validators=[InputRequired()])


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/_ui"):
        yield


def filled(*, csrf: bool = False, **answers: str) -> Specimen:
    form = Specimen(formdata=MultiDict(answers), meta={"csrf": csrf})
    form.validate()
    return form


def shown(form: Specimen) -> Element:
    source = (
        '{% import "ui/forms.html" as forms %}{% call forms.form(form, "Kirim") %}'
        "{% for f in form if f.name != 'csrf_token' %}{{ forms.field(f, rows=4) }}{% endfor %}{% endcall %}"
    )
    root: Element = html5lib.parse(render_template_string(source, form=form), namespaceHTMLElements=False)
    return root


def one(root: Element, name: str) -> Element:
    return next(element for element in root.iter() if element.get("name") == name)


@pytest.mark.usefixtures("request_context")
def test_every_part_makes_valid_pages() -> None:
    check_page(render_template("ui/components.html", form=filled(csrf=True, title="x")))


@pytest.mark.usefixtures("request_context")
def test_the_title_says_that_there_are_errors() -> None:
    wrong = render_template("ui/components.html", form=filled())
    assert "<title>Ada kesalahan: " in wrong
    assert "<title>Ada kesalahan" not in render_template("ui/components.html")


@pytest.mark.usefixtures("request_context")
def test_each_error_stands_at_its_field_and_in_the_summary() -> None:
    form = filled(title="Pipa air")
    root = shown(form)
    ids = {element.get("id") for element in root.iter()}
    links = [link.get("href", "").removeprefix("#") for link in root.iter("a")]
    assert len(links) == len(form.errors)
    assert set(links) <= ids
    assert {f"{name}-err" for name in form.errors} <= ids
    title = one(root, "title")
    assert title.get("aria-invalid") == "true"
    assert title.get("aria-describedby") == "title-hint title-err"
    assert title.get("value") == "Pipa air"


@pytest.mark.usefixtures("request_context")
def test_a_field_without_errors_says_nothing_of_them() -> None:
    cost = one(shown(filled(cost="1.250.000")), "cost")
    assert cost.get("aria-invalid") is None
    assert cost.get("aria-describedby") is None


@pytest.mark.usefixtures("request_context")
def test_the_summary_takes_the_focus_and_is_absent_where_nothing_is_wrong() -> None:
    summary = next(element for element in shown(filled()).iter() if element.get("role") == "alert")
    assert summary.get("autofocus") is not None
    assert summary.get("tabindex") == "-1"
    assert all(element.get("role") != "alert" for element in shown(Specimen(formdata=None)).iter())


@pytest.mark.usefixtures("request_context")
def test_the_browser_neither_cuts_nor_refuses_what_is_typed() -> None:
    root = shown(filled(cost="1.250.000", title="x" * 500))
    assert next(root.iter("form")).get("novalidate") is not None
    assert [element for element in root.iter() if element.get("maxlength") or element.get("minlength")] == []
    cost = one(root, "cost")
    assert (cost.get("type"), cost.get("inputmode"), cost.get("value")) == ("text", "numeric", "1.250.000")
    assert one(root, "title").get("value") == "x" * 500


@pytest.mark.usefixtures("request_context")
def test_what_may_stay_empty_says_so() -> None:
    words = {label.get("for"): "".join(label.itertext()) for label in shown(filled()).iter("label")}
    assert words["cost"] == "Biaya (boleh kosong)"
    assert words["title"] == "Judul"


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize(("value", "most", "width"), [(62, 111, "55.9%"), (0, 0, "0%"), (5, 5, "100.0%")])
def test_a_bar_is_as_wide_as_its_share(value: int, most: int, width: str) -> None:
    source = '{% import "ui/parts.html" as ui %}{{ ui.bar(value, most) }}'
    assert f'<rect width="{width}"' in render_template_string(source, value=value, most=most)


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 415, 429, 500, 503])
def test_every_error_has_a_page_with_a_way_on(status: int) -> None:
    html = render_template("ui/error.html", status=status, path="/x")
    check_page(html)
    assert re.search(r'<main.*<a class="btn[^"]*" href="/"', html, re.DOTALL)


@pytest.mark.usefixtures("request_context")
def test_a_refusal_tells_the_reason_and_that_nothing_changed() -> None:
    html = render_template("ui/refused.html", reason="Pemilihan sudah ditutup.", back_url="/belu/pilih")
    check_page(html)
    assert "Pemilihan sudah ditutup." in html
    assert "Tidak ada yang berubah." in html
    assert 'href="/belu/pilih"' in html
