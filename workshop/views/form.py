"""One accessible form for any exercise, as one anywidget: native controls, no build step, no request to the outside.

Python to browser: ``state`` is published whole and never written back, so two windows can't overwrite each other.
Browser to Python: every edit is an event with an id of its own, kept in the browser until it is acknowledged
(``outbox.js``). Each message goes to the ``receive`` function that the form was made with; the messages are listed
at ``Form``.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

Message = dict[str, Any]

_HERE = Path(__file__).parent
_WIDGET = "application/vnd.jupyter.widget-view+json"


def _source(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


class Form(anywidget.AnyWidget):
    """A form on screen.

    ``key`` names the browser's outbox: unanswered edits of one key go to the next form with that key, so it must tell
    apart whatever must not mix (participants, workspaces, exercises). ``spec`` says what the form consists of: another
    exercise's answers may change it, and then the form is built anew. ``state`` is what it shows now, and ``results``
    the HTML of the tables and charts that follow from it. Each is sent only when it has changed. ``receive`` is given
    each message and returns the replies.

    From the browser::

        {"type": "answer", "events": [{"id", "field", "value", "over", "late"}]}
            value None: the answer is taken back; late: it was left behind by an earlier window
        {"type": "dismiss", "advice": id}
        {"type": "action", "name"}
        {"type": "refresh"}              the window has come to the front: other windows may have answered meanwhile

    To the browser::

        {"type": "saved", "ids": [...]}                  on disk, and state already says so
        {"type": "refused", "id", "text"}                not a possible value of the field
        {"type": "failed", "ids": [...], "text"}         could not be written; it stays in the browser
        {"type": "done", "name", "ok": bool, "text"}     how an action went
    """

    _esm = _source(
        *("outbox.js", "rules.js", "controls.js", "keyboard.js", "advice.js", "board.js", "rows.js", "timer.js"),
        "form.js",
    )
    _css = _source("form.css")
    key = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    results = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        key: str,
        spec: Mapping[str, Any],
        state: Mapping[str, Any],
        receive: Callable[[Message], Sequence[Message]],
        results: str = "",
    ) -> None:
        super().__init__(key=key, spec=dict(spec), state=dict(state), results=results)
        self._receive = receive
        self.on_msg(self._answer)

    def _answer(self, _form: object, message: Message, _buffers: object) -> None:
        for reply in self._receive(message):
            self.send(reply)

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The view and nothing else: a second output, the printed copy, is what shows where no widget runs."""
        return {_WIDGET: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}, {}
