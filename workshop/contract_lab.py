"""``lab.contract()``: the agreement that a participant drafted, and everything that can be held against it."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.course import Course, FigureWords
from workshop.exercises.base import Answers
from workshop.exercises.revenue import day_of_week
from workshop.payments.bugs import provider
from workshop.payments.contract import Shortfall, agree, objectives, problems
from workshop.payments.document import SCHEMA_LEVELS, Contract, fx_quote
from workshop.payments.exchange import Caller, Handler
from workshop.payments.gate import write_gate
from workshop.payments.law import Judge, Law, Registry
from workshop.payments.laws import SHIPPED
from workshop.payments.load import load_curve
from workshop.payments.mock import Mock
from workshop.payments.narrow import narrow_suite
from workshop.payments.replay import Replay, replay
from workshop.payments.rfc import drafted, drafted_on
from workshop.payments.serve import Remote, Served, serve
from workshop.payments.traffic import Payment, traffic
from workshop.payments.verify import unguarded, verify
from workshop.views import contract as views
from workshop.views.chart import Chart
from workshop.views.table import Table

PAYMENTS = 5000
"""How many payments a replay has: enough for an interval of about two points."""
ENGINES = ("legacy", "delivered", "reference")
SLIP = ("due-rates", "alarm")
"""The events of the case's timeline at which a slip was known, and told."""


@dataclass(frozen=True, repr=False)
class ServedMock:
    """A mock that answers on this machine; ``handler`` reaches it. It goes with the kernel.

    In a browser (Pyodide) there are no sockets: the mock then answers in the notebook itself, and has no address.
    """

    served: Served | None
    handler: Handler
    contract: Contract
    words: dict[str, FigureWords]

    @property
    def url(self) -> str:
        """Where it answers, for any HTTP client on this machine; "" where nothing can be served."""
        return self.served.url if self.served else ""

    def _tried(self) -> Table:
        call = Caller(self.contract, self.handler)
        asked = ("100.00", "EUR", "USD"), ("100.00", "EUR", "KWD"), ("100", "EUR", "KWD")  # the last has no cents
        exchanges = [
            call("createQuote", {"sell": {"currency": sell, "amount": amount}, "buy_currency": buy})
            for amount, sell, buy in asked
        ]
        return views.tried(self.words, exchanges)

    def _repr_html_(self) -> str:
        return self._tried()._repr_html_()

    def __repr__(self) -> str:
        return repr(self._tried())


class LabContract:
    """The agreement as it stands. As a cell's last value it shows what keeps it from standing.

    Every table and chart below says so too, as long as anything does. Services are named ``mock`` (answers from the
    contract alone), ``delivered`` (what the other team handed over), ``reference`` (keeps the contract) and ``legacy``
    (knows the home market only); any bug kind of ``workshop contract matrix`` is a name, too.
    """

    def __init__(self, course: Course, answers: Answers, exports: Path) -> None:
        facts, scenario = course.scenario.facts, course.scenario
        self._words, self._mix, self._exports = dict(course.figures), scenario.data["mix"], exports
        self._peak = round(facts["load.peak"].number)
        self.contract = drafted(answers, self._peak)
        days = {event.key: day_of_week(facts, event.week) for event in scenario.timeline}
        known, told = (days[key].isoformat() for key in SLIP)
        self._delivered = agree(self.contract, {"delivery.delivered": told})
        self._slip = {"known": known, "told": told, "p80": told}
        self._delivered_on = days[SLIP[1]]
        self._drafted_on = drafted_on(answers, days["kickoff"])
        self._laws = Registry(SHIPPED)

    # How it stands

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What keeps the contract from standing on the day it was signed, or else at the kick-off."""
        return problems(self.contract, self._drafted_on)

    def at_delivery(self) -> Table:
        """The same on the day of the delivery, slip included."""
        slipped = agree(self._delivered, {"slips": [self._slip]})
        return views.standing(self._words, problems(slipped, self._delivered_on))

    def _repr_html_(self) -> str:
        return views.standing(self._words, self.shortfalls)._repr_html_()

    def __repr__(self) -> str:
        return repr(views.standing(self._words, self.shortfalls))

    @property
    def _note(self) -> str:
        return views.standing_line(self._words, self.shortfalls)

    # The mock, and the suite that the case's team had

    def serve(self) -> ServedMock:
        """A mock, really served on this machine, from the contract alone. Running the cell again replaces it."""
        answers = Mock(self.contract).handle
        served = None if sys.platform == "emscripten" else serve(answers, "mock")
        return ServedMock(served, Remote(served.url) if served else answers, self.contract, self._words)

    def service(self, name: str) -> Handler:
        """A fresh service by name; UnknownName for one that doesn't exist."""
        return Mock(self.contract).handle if name == "mock" else provider(self.contract, name)

    def narrow_suite(self, name: str) -> Table:
        """The checks that the case's team had, against a service."""
        return views.suite(self._words, narrow_suite(self.contract, self.service(name)), self._note)

    # Verification

    def verify(self, name: str, level: str = "laws") -> Table:
        """What a service breaks of the contract: seen by schemas (``free``, ``enum``, ``patterns``) or by ``laws``."""
        report = verify(self.contract, self.service(name), level=level, laws=self._laws)
        return views.findings(self._words, report, self._note)

    def strictness(self, name: str) -> Table:
        """What each degree of strictness finds in a service."""
        levels = (*SCHEMA_LEVELS, "laws")
        reports = [verify(self.contract, self.service(name), level=each, laws=self._laws) for each in levels]
        return views.strictness(self._words, reports, self._note)

    def gaps(self) -> Table:
        """The clauses that nothing checks yet."""
        return views.gaps(self._words, unguarded(self.contract, self._laws))

    def law(self, clause: str, on: str | Sequence[str]) -> Callable[[Judge], Law]:
        """Adds a law of one's own: a function of an exchange and of ``call``, under the decorator.

        It returns True if the clause holds, or False, or a sentence that says what is wrong. ``workshop.payments.laws``
        has the course's own as examples. Running the cell again replaces the law.
        """
        return self._laws.law(clause, on)

    def second_opinion(self, name: str) -> Table:
        """What an industrial tool says of a service from the same file; NotInstalled without the optional extra."""
        from workshop.payments.second_opinion import second_opinion

        complaints = second_opinion(self.contract, self.service(name))
        ours = verify(self.contract, self.service(name), laws=self._laws)
        return views.opinion(self._words, complaints, ours, self._note)

    # What a market would see

    def _payments(self, seed: int = 0) -> tuple[Payment, ...]:
        return traffic(self._mix, PAYMENTS, seed)

    def engines(self) -> Table:
        """The same synthetic payments through the legacy engine, what was delivered, and the reference."""
        payments = self._payments()
        replays = {name: replay(self.contract, self.service(name), payments, tuple(self._laws)) for name in ENGINES}
        return views.engines(self._words, replays, self.contract, self._note)

    def replay(self, name: str) -> Chart | Table:
        """Which currencies fail when the synthetic market meets a service."""
        return views.by_currency(self._words, self._replayed(name), self._note)

    def causes(self, name: str) -> Table:
        """Which clauses the failing payments broke."""
        return views.by_cause(self._words, self._replayed(name), self.contract)

    def countries(self, name: str) -> Table:
        """Where the failing payments were made."""
        return views.by_country(self._words, self._replayed(name))

    def _replayed(self, name: str) -> Replay:
        return replay(self.contract, self.service(name), self._payments(), tuple(self._laws))

    def load(self) -> Chart:
        """Answer times at one to six times the usual load: what the contract promises, and what was delivered."""
        promised = objectives(self.contract)
        # Without a promise there is still a volume to be met: what the provider says that it can take.
        measured = self.contract if promised else fx_quote()
        mock, delivered = (
            [replace(each, objective_ms=each.objective_ms if promised else None) for each in load_curve(measured, name)]
            for name in ("mock", "delivered")
        )
        return views.load(self._words, mock, delivered, self._note)

    # The gate

    def merge(self, name: str) -> Table:
        """What the gate would say to a merge request that brings this service."""
        report = verify(self.contract, self.service(name), laws=self._laws)
        open_clauses = unguarded(self.contract, self._laws)
        return views.merge(self._words, self.contract, report.findings, open_clauses, self._note)

    def take_home(self) -> list[str]:
        """Write the gate for a repository of one's own into ``exports/gate`` and return its files."""
        shipped = set(SHIPPED)
        own = [law for law in self._laws if law not in shipped]
        folder = self._exports / "gate"
        return [path.relative_to(self._exports).as_posix() for path in write_gate(folder, self._delivered, own)]
