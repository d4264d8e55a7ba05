"""An exercise on screen: the live form, and below it the printed copy that stays in the saved notebook."""

from collections.abc import Callable, Sequence

from IPython.display import display

from workshop.views.chart import Chart
from workshop.views.form import Form, Message
from workshop.views.printed import printed_html, printed_text, results_html
from workshop.views.sheet import Spec, State
from workshop.views.table import Table

Results = Sequence[Table | Chart]


class Live:
    """A form and its printed copy, displayed where the cell runs. Both always say the same.

    ``key`` and ``receive`` are the form's; ``show`` brings both up to date.
    """

    def __init__(
        self, key: str, receive: Callable[[Message], Sequence[Message]], spec: Spec, state: State, results: Results
    ) -> None:
        self._form = Form(key, spec, state, receive, results_html(results))
        display(self._form, exclude=["text/plain"])  # the printed copy says it in plain text
        self._copy = display(_printed(spec, state, results), raw=True, display_id=True)

    def show(self, spec: Spec, state: State, results: Results) -> None:
        """Show this from now on."""
        with self._form.hold_sync():  # one message, so that the browser never sees one without the others
            self._form.spec, self._form.state, self._form.results = spec, state, results_html(results)
        self._copy.update(_printed(spec, state, results), raw=True)


def _printed(spec: Spec, state: State, results: Results) -> dict[str, str]:
    return {
        "text/html": printed_html(spec, state, results),
        "text/plain": printed_text(spec, state, results),
    }
