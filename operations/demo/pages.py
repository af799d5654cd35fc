"""HTML pages as a browser without JavaScript sees them: links, forms, fields with their values, buttons, text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

Attributes = Mapping[str, str]
Values = dict[str, list[str]]

TICKED = frozenset({"checkbox", "radio"})
PRESSED = frozenset({"submit", "image"})
NOT_SENT = frozenset({"button", "reset", "file", *PRESSED})
SILENT = frozenset({"script", "style", "template"})


@dataclass
class Button:
    """What sends a form; ``name`` and ``value`` go along with it."""

    label: str
    name: str
    value: str


@dataclass
class Form:
    """One form. ``values`` is what it would send untouched; ``names`` lists all fields, ``files`` those for files."""

    action: str
    method: str
    values: Values = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)

    def filled(self, answers: Mapping[str, list[str]]) -> Values:
        """What it sends with these answers in the fields that it has."""
        return {**self.values, **{name: list(values) for name, values in answers.items() if name in self.names}}

    def button(self, *labels: str) -> Button | None:
        """The first button with one of these labels, in the order of the labels."""
        return next((button for label in labels for button in self.buttons if button.label == label), None)


@dataclass
class Page:
    """One page. ``links`` maps the visible text of a link to its address."""

    forms: list[Form] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def parse(cls, html: str) -> Self:
        """Reads any HTML; what it does not know is text."""
        parser = _PageParser()
        parser.feed(html)
        parser.close()
        return cls(parser.forms, parser.links, " ".join(" ".join(parser.words).split()))

    def form_with_button(self, *labels: str) -> tuple[Form, Button] | None:
        """The first form that can be sent with a button of one of these labels."""
        found = ((form, form.button(*labels)) for form in self.forms)
        return next(((form, button) for form, button in found if button), None)


class _PageParser(HTMLParser):
    """Collects forms, links and text. Nested forms do not exist in HTML; fields outside of forms are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.words: list[str] = []
        self._form: Form | None = None
        self._button: Attributes | None = None
        self._textarea = ""
        self._select = ""
        self._link = ""
        self._mark = 0
        self._silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._silence += tag in SILENT
        start = getattr(self, f"_start_{tag}", None)
        if start:
            start(known)

    def handle_endtag(self, tag: str) -> None:
        self._silence -= tag in SILENT
        end = getattr(self, f"_end_{tag}", None)
        if end:
            end()

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form:
            self._form.values[self._textarea] = [self._form.values.get(self._textarea, [""])[0] + data]
        elif not self._silence:
            self.words.append(data)

    def _start_form(self, known: Attributes) -> None:
        self._form = Form(known.get("action", ""), known.get("method", "get").lower())
        self.forms.append(self._form)

    def _end_form(self) -> None:
        self._form = None

    def _start_input(self, known: Attributes) -> None:
        kind, name = known.get("type", "text").lower(), known.get("name", "")
        if self._form is None or "disabled" in known:
            return
        if kind in PRESSED:
            self._form.buttons.append(Button(known.get("value", ""), name, known.get("value", "")))
        elif kind == "file":
            self._form.files.add(name)
        elif name and kind not in NOT_SENT:
            self._form.names.add(name)
            if kind not in TICKED or "checked" in known:
                default = "on" if kind in TICKED else ""
                self._form.values.setdefault(name, []).append(known.get("value", default))

    def _start_textarea(self, known: Attributes) -> None:
        self._textarea = known.get("name", "")
        if self._form and self._textarea:
            self._form.names.add(self._textarea)
            self._form.values[self._textarea] = [""]

    def _end_textarea(self) -> None:
        self._textarea = ""

    def _start_select(self, known: Attributes) -> None:
        self._select = known.get("name", "")
        if self._form and self._select:
            self._form.names.add(self._select)

    def _end_select(self) -> None:
        self._select = ""

    def _start_option(self, known: Attributes) -> None:
        if self._form and self._select and ("selected" in known or self._select not in self._form.values):
            self._form.values[self._select] = [known.get("value", "")]

    def _start_button(self, known: Attributes) -> None:
        self._button, self._mark = known, len(self.words)

    def _end_button(self) -> None:
        known, self._button = self._button, None
        if self._form and known is not None and known.get("type", "submit") == "submit":
            label = " ".join("".join(self.words[self._mark :]).split())
            self._form.buttons.append(Button(label, known.get("name", ""), known.get("value", "")))

    def _start_a(self, known: Attributes) -> None:
        self._link, self._mark = known.get("href", ""), len(self.words)

    def _end_a(self) -> None:
        label = " ".join("".join(self.words[self._mark :]).split())
        if self._link and label:
            self.links.setdefault(label, self._link)
        self._link = ""
