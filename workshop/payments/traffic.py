"""A synthetic market: payments drawn from a mix of currencies, reproducible by their seed.

The mix is given as rows of ``group``, ``kind`` (a currency) and ``percent``. Everything else is invented here:
amounts, what shops price in, how often a card is only checked, a request repeated, a quote taken late, a basket
priced. These extras are rare, a few payments in ten thousand each: what fails is left to the mix and the service.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

Mix = Sequence[Mapping[str, str]]

PRICED_IN: Mapping[str, int] = {"EUR": 55, "USD": 30, "GBP": 15}
"""What shops price in, in percent."""

SHARED: Mapping[str, Sequence[str]] = {
    "EUR": ("DE", "FR", "IT", "ES", "NL", "BE", "AT", "IE"),
    "XOF": ("SN", "CI", "BJ"),
    "XAF": ("CM", "GA", "TD"),
}
"""Countries (ISO 3166) that share a currency; every other code of ISO 4217 begins with that of its country."""


@dataclass(frozen=True)
class Habits:
    """How often something out of the ordinary happens, as a share of payments."""

    checks: float = 0.0004
    """A card is checked with a zero amount."""
    repeats: float = 0.0004
    """An answer is lost, and the request is sent again."""
    late: float = 0.0003
    """A shopper takes a quote after it has expired."""
    baskets: float = 0.0010
    """Several lines are priced at once."""


@dataclass(frozen=True)
class Payment:
    """One payment: a price in ``sell``, shown and paid in ``buy``. Amounts as text; ``seconds`` until it is taken."""

    number: int
    group: str
    currency: str
    country: str
    sell: str
    amount: str
    lines: int
    repeated: bool
    seconds: int


def traffic(mix: Mix, count: int, seed: int, habits: Habits | None = None) -> tuple[Payment, ...]:
    """``count`` payments of the market ``mix``. ValueError for a mix without a positive percent."""
    random, habits = Random(seed), habits or Habits()
    weights = [float(row["percent"]) for row in mix]
    if not mix or min(weights) < 0 or not sum(weights):
        raise ValueError("a mix needs rows whose percent is not negative, and some that are positive")
    rows = random.choices(mix, weights, k=count)
    return tuple(_payment(number, row, random, habits) for number, row in enumerate(rows, start=1))


def _payment(number: int, row: Mapping[str, str], random: Random, habits: Habits) -> Payment:
    currency = row["kind"]
    priced = {code: weight for code, weight in PRICED_IN.items() if code != currency}
    sell = random.choices(list(priced), list(priced.values()))[0]
    amount = min(max(random.lognormvariate(4.2, 1.1), 1.0), 90_000.0)
    return Payment(
        number=number,
        group=row["group"],
        currency=currency,
        country=random.choice(SHARED.get(currency, (currency[:2],))),
        sell=sell,
        amount="0.00" if random.random() < habits.checks else f"{amount:.2f}",
        lines=random.randint(2, 6) if random.random() < habits.baskets else 1,
        repeated=random.random() < habits.repeats,
        seconds=75 if random.random() < habits.late else random.randint(1, 25),
    )
