"""Laws: what no schema can say about one exchange or several, each citing the clause that it guards.

A law looks at a granted exchange and says what is wrong with it: a sentence, or False; None or True if nothing is. It
may make further calls, and it may bring its own requests (``asks``), those that a careless service gets wrong.

::

    @law(clause="4.1", on="createQuote")
    def repeats_the_currency(exchange, call):
        return exchange.answer["buy"]["currency"] == exchange.request["buy_currency"]
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from workshop.payments.attacks import Ask
from workshop.payments.exchange import Caller, Exchange

Verdict = str | bool | None
Judge = Callable[[Exchange, Caller], Verdict]
Asks = Callable[[Caller], Iterable[Ask]]


@dataclass(frozen=True)
class Law:
    """A law. It judges granted exchanges: its own ``asks``, and with ``everywhere`` also all others of its operations.

    With ``refusals`` it judges those of its asks too that were refused.
    """

    name: str
    clause: str
    operations: tuple[str, ...]
    judge: Judge
    asks: Asks | None = None
    everywhere: bool = True
    refusals: bool = False

    def __call__(self, exchange: Exchange, call: Caller) -> str | None:
        """What is wrong with the exchange, in words; None if nothing is."""
        verdict = self.judge(exchange, call)
        if verdict is None or verdict is True or verdict == "":
            return None
        return verdict if isinstance(verdict, str) else f"{self.title}: that is not so here"

    @property
    def title(self) -> str:
        """The law's name as words."""
        return self.name.replace("_", " ")


def law(
    clause: str, on: str | Sequence[str], asks: Asks | None = None, *, everywhere: bool = False, refusals: bool = False
) -> Callable[[Judge], Law]:
    """Makes a function a law that guards ``clause`` and judges the operation(s) ``on``.

    With requests of its own (``asks``) it judges only those, unless ``everywhere`` is true; without any, all that the
    walk makes.
    """
    operations = (on,) if isinstance(on, str) else tuple(on)

    def make(judge: Judge) -> Law:
        return Law(judge.__name__, clause, operations, judge, asks, everywhere or asks is None, refusals)

    return make


class Registry:
    """Laws by name. ``registry.law(...)`` adds one; when a cell runs again, the law of that name is replaced."""

    def __init__(self, laws: Iterable[Law] = ()) -> None:
        self._laws = {each.name: each for each in laws}

    def __iter__(self) -> Iterator[Law]:
        return iter(self._laws.values())

    def law(self, clause: str, on: str | Sequence[str], asks: Asks | None = None) -> Callable[[Judge], Law]:
        """Like :func:`law`, and adds the law."""

        def make(judge: Judge) -> Law:
            made = law(clause, on, asks)(judge)
            self._laws[made.name] = made
            return made

        return make
