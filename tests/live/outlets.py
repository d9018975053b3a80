"""Outlets for a simulated day: each publishes an article every two hours and misbehaves in a way of its own.

A kind says what its feed and its pages answer, and which wishes it has; `complaints` are the wishes that were not respected,
found in its own log of requests. Times are hours of the simulated day.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

from tests.origin import Asked, Origin, Reply, page

START = datetime(2026, 3, 3, 6, tzinfo=UTC)
EVERY = 2
"""Hours between two articles of an outlet."""
LAST = 3
"""An outlet publishes nothing in so many hours before the end of the day."""
SOONEST = 600 - 2
"""Seconds between two visits to a feed, less what a clock of whole seconds may lose."""
_TOWNS = [
    "Ellsay", "Varde", "Morkum", "Tressel", "Ostwick", "Hallgate", "Brennov", "Lyre", "Quandt", "Sorrel",
    "Pellin", "Drumore", "Askeld",
]  # fmt: skip
_NOUNS = [
    "bridge", "harbour", "library", "orchard", "school", "council", "museum", "railway", "brewery",
    "theatre", "clinic", "market", "tower", "canal", "garden", "bakery", "quarry", "stadium", "chapel",
    "ferry", "tunnel", "mill", "prison", "airport", "archive", "kitchen", "lighthouse", "reservoir",
    "forest", "dam",
]  # fmt: skip
_DEEDS = [
    "closed", "repaired", "painted", "sold", "flooded", "inspected", "opened", "moved", "fenced",
    "insured", "rented", "cleaned", "measured", "emptied", "heated", "lit", "mapped", "guarded", "doubled",
    "shortened", "renamed", "widened",
]  # fmt: skip


class Outlet:
    """An outlet without fault; the others differ from it in what they override."""

    robots: str | None = None
    articles_told = True
    """Whether its articles can be had at all: from their pages or from the feed."""

    def __init__(self, number: int, hours: int, now: Callable[[], float]) -> None:
        self.number, self.hours, self._now = number, hours, now
        self.name = f"The {_TOWNS[number % len(_TOWNS)]} Observer {number}"
        self.origin = Origin(f"127.0.{1 + number // 200}.{10 + number % 200}", clock=now)
        self.origin.plays["/feed"] = self.answer_feed
        if self.robots is not None:
            self.origin.plays["/robots.txt"] = Reply(self.robots)
        for n in range(self.most):
            self.origin.plays[self.path(n)] = lambda asked, n=n: self.answer_page(asked, n)
        self.prepare()

    @property
    def most(self) -> int:
        """How many articles it publishes in the day."""
        return (self.hours - LAST) // EVERY + 1

    @property
    def hour(self) -> float:
        return self._now() / 3600

    @property
    def address(self) -> str:
        return f"{self.origin.url}/feed"

    def prepare(self) -> None:
        """What a kind adds before the day."""

    def path(self, n: int) -> str:
        return f"/2026/03/03/report-{n}-of-the-day"

    def expect(self) -> set[str]:
        """The addresses of the articles that the day shall end with."""
        return {self.origin.url + self.path(n) for n in range(self.most)} if self.articles_told else set()

    # ------------------------------------------------------------ what it answers

    def answer_feed(self, asked: Asked) -> Reply:
        return self.feed()

    def answer_page(self, asked: Asked, n: int) -> Reply:
        return page(self.name, self.title(n), self.text(n))

    def feed(
        self, *, link: Callable[[int], str] | None = None, guid: str = "", date: str | None = None
    ) -> Reply:
        """RSS of what was published until now, the newest ten; `date` for all, else each its own."""
        items = []
        for n in range(max(0, self.published() - 10), self.published()):
            address = (link or (lambda n: self.origin.url + self.path(n)))(n)
            moment = date or format_datetime(START + timedelta(hours=n * EVERY))
            items.append(
                f"<item><title>{self.title(n)}</title><link>{address}</link><guid>{guid}{n}</guid>"
                f"<pubDate>{moment}</pubDate><description>{self.text(n)[:200]}</description></item>"
            )
        body = f'<rss version="2.0"><channel><title>{self.name}</title>{"".join(items)}</channel></rss>'
        return Reply(body, headers={"Content-Type": "application/rss+xml"})

    def published(self) -> int:
        return min(int(self.hour // EVERY) + 1, self.most)

    def title(self, n: int) -> str:
        return (
            " ".join(self._chance(n).sample(_NOUNS, 3)).capitalize()
            + f" in {_TOWNS[(self.number + n) % len(_TOWNS)]}"
        )

    def text(self, n: int) -> str:
        chance = self._chance(n)
        town = _TOWNS[(self.number + n) % len(_TOWNS)]
        sentences = []
        for _ in range(6):
            nouns, deeds = chance.sample(_NOUNS, 3), chance.sample(_DEEDS, 2)
            sentences.append(
                f"The {nouns[0]} of {town} was {deeds[0]} after {chance.randrange(2, 90)} {nouns[1]} tenants "
                f"had the {nouns[2]} {deeds[1]}."
            )
        return " ".join(sentences[:3]) + "\n\n" + " ".join(sentences[3:])

    def _chance(self, n: int) -> random.Random:
        return random.Random(self.number * 1000 + n)

    # ------------------------------------------------------------ what it has to complain of

    def complaints(self) -> list[str]:
        """Wishes that were not respected."""
        log = self.log()
        found = [
            f"{b.path} asked {b.at - a.at:.2f} s after {a.path}"
            for a, b in pairwise(log)
            if b.at - a.at < 1.0
        ]
        visits = self.visits()
        found += [f"visited again after {b - a:.0f} s" for a, b in pairwise(visits) if b - a < SOONEST]
        for n in range(self.most):
            times = len([a for a in log if a.path.partition("?")[0] == self.path(n)])
            if times > self.most_fetches(n):
                found.append(f"{self.path(n)} fetched {times} times")
        return [*found, *self.own_complaints()]

    def own_complaints(self) -> list[str]:
        """What this kind minds beyond that."""
        return []

    def most_fetches(self, n: int) -> int:
        """How often one page may be asked for: once, unless it could not be had."""
        return 1

    def log(self) -> list[Asked]:
        """All requests that count."""
        return self.origin.asked

    def visits(self) -> list[float]:
        """When its feed was asked for, in seconds of the day."""
        return [a.at for a in self.log() if a.path == "/feed"]

    def asked_between(self, start: float, end: float) -> list[str]:
        """What was asked for between two moments, in seconds."""
        return [f"{a.path} asked at {a.at / 3600:.2f} h" for a in self.origin.asked if start < a.at < end]


class Erring(Outlet):
    """Answers 500 for an hour."""

    def answer_feed(self, asked: Asked) -> Reply:
        return Reply("trouble", 500) if 2 < self.hour < 3 else self.feed()


class Limiting(Outlet):
    """Says 429 once on its feed, with an hour to wait: the whole host is to be left alone."""

    closed: float | None = None

    def answer_feed(self, asked: Asked) -> Reply:
        if self.closed is None and self.hour > 1:
            self.closed = self._now()
            return Reply("slower", 429, {"Retry-After": "3600"})
        return self.feed()

    def own_complaints(self) -> list[str]:
        return self.asked_between(self.closed, self.closed + 3600) if self.closed else ["never had to limit"]


class LimitingPages(Outlet):
    """Says 429 once on a page, until a date: its feed is to be left alone as well."""

    closed: float | None = None

    def answer_page(self, asked: Asked, n: int) -> Reply:
        if self.closed is None:
            self.closed = self._now()
            until = START + timedelta(seconds=self.closed + 5400)
            return Reply("slower", 429, {"Retry-After": format_datetime(until, usegmt=False)})
        return super().answer_page(asked, n)

    def most_fetches(self, n: int) -> int:
        return 2

    def own_complaints(self) -> list[str]:
        return self.asked_between(self.closed, self.closed + 5398) if self.closed else ["never had to limit"]


class Overloaded(Outlet):
    """Answers 503 for two hours, each time with forty minutes to wait."""

    def answer_feed(self, asked: Asked) -> Reply:
        return Reply("busy", 503, {"Retry-After": "2400"}) if 1 < self.hour < 3 else self.feed()

    def own_complaints(self) -> list[str]:
        refused = [v for v in self.visits() if 3600 < v < 3 * 3600]
        return [c for v in refused for c in self.asked_between(v, v + 2398) if "/feed" in c]


class Moving(Outlet):
    """Moves its feed for good in the third hour."""

    def prepare(self) -> None:
        self.origin.plays["/moved"] = lambda asked: self.feed()

    def answer_feed(self, asked: Asked) -> Reply:
        return Reply(status=301, headers={"Location": "/moved"}) if self.hour > 2 else self.feed()

    def own_complaints(self) -> list[str]:
        return (
            ["the old address was asked again and again"]
            if len([v for v in self.visits() if v > 7200]) > 2
            else []
        )


class Painting(Outlet):
    """Shows a web page in place of the feed for an hour."""

    def answer_feed(self, asked: Asked) -> Reply:
        return (
            Reply("<html><body>We are painting the house</body></html>") if 3 < self.hour < 4 else self.feed()
        )


class Garbling(Outlet):
    """Every other answer is gzip that breaks off."""

    def answer_feed(self, asked: Asked) -> Reply:
        if len(self.visits()) % 2 == 0:
            return Reply(gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"})
        return self.feed()


class Closed(Outlet):
    """Its robots.txt closes everything."""

    robots = "User-agent: *\nDisallow: /"
    articles_told = False

    def own_complaints(self) -> list[str]:
        return [f"{p} read although closed" for p in self.origin.paths() if p != "/robots.txt"]


class HalfClosed(Outlet):
    """Its robots.txt closes the pages; the feed's own text stands for them."""

    robots = "User-agent: *\nDisallow: /2026/"

    def own_complaints(self) -> list[str]:
        return [f"{p} read although closed" for p in self.origin.paths() if p.startswith("/2026")]


class Unsteady(Outlet):
    """Its robots.txt cannot be had for two hours: meanwhile nothing is to be read."""

    def prepare(self) -> None:
        self.origin.plays["/robots.txt"] = lambda asked: (
            Reply("no", 503) if self.hour < 2 else Reply("no", 404)
        )

    def own_complaints(self) -> list[str]:
        return [c for c in self.asked_between(-1, 7200) if "/robots.txt" not in c]


class Tracking(Outlet):
    """Links carry another tracking parameter at each visit."""

    def answer_feed(self, asked: Asked) -> Reply:
        visit = len(self.visits())
        return self.feed(link=lambda n: f"{self.origin.url}{self.path(n)}?utm_source=feed{visit}")


class Churning(Outlet):
    """Guids are others at each visit."""

    def answer_feed(self, asked: Asked) -> Reply:
        return self.feed(guid=f"visit-{len(self.visits())}-")


class Repeating(Outlet):
    """One guid for all entries, the link differs."""

    def answer_feed(self, asked: Asked) -> Reply:
        reply = self.feed()
        return Reply(str(reply.body).replace("<guid>", "<guid>same</guid><guid>"), headers=reply.headers)


class Skewed(Outlet):
    """Its clock is nine hours ahead, and some dates are of the year 2099. Dates differ with each visit: pages are asked for
    again as if they had changed, three times at the most."""

    def answer_feed(self, asked: Asked) -> Reply:
        odd = len(self.visits()) % 2
        ahead = START + timedelta(hours=self.hour + 9)
        return self.feed(date="Tue, 03 Mar 2099 09:00:00 +0000" if odd else format_datetime(ahead))

    def most_fetches(self, n: int) -> int:
        return 4


class Dripping(Outlet):
    """Sends its feed one byte a second for an hour."""

    def answer_feed(self, asked: Asked) -> Reply:
        return Reply(b"<rss" * 50, drip=True) if 1 < self.hour < 2 else self.feed()


class HangingUp(Outlet):
    """Closes the connection without an answer for two hours, and promises more than it sends for another.

    A request on a connection that was kept open may be sent once more at once when that breaks (RFC 9112, section 9.3.1).
    """

    def answer_feed(self, asked: Asked) -> Reply:
        if 1 < self.hour < 3:
            return Reply(hang_up=True)
        return Reply("<rss>", headers={"Content-Length": "5000000"}) if 3 < self.hour < 4 else self.feed()

    def log(self) -> list[Asked]:
        asked = self.origin.asked
        again = {id(b) for a, b in pairwise(asked) if a.path == b.path and b.at - a.at < 1.0}
        return [a for a in asked if id(a) not in again]


class Bombing(Outlet):
    """Sends a feed of 300 MB in 300 KB for an hour."""

    _bomb = gzip.compress(bytes(300_000_000), 1)

    def answer_feed(self, asked: Asked) -> Reply:
        if 4 < self.hour < 5:
            return Reply(self._bomb, headers={"Content-Encoding": "gzip"})
        return self.feed()


class Leaving(Outlet):
    """Is gone for good once its first three articles were seen: its feed is not to be asked for any more."""

    left: float | None = None

    def answer_feed(self, asked: Asked) -> Reply:
        if any(v > 2 * EVERY * 3600 for v in self.visits()[:-1]):
            self.left = self.left or self._now()
            return Reply("gone", 410)
        return self.feed()

    def published(self) -> int:
        return min(super().published(), 3)

    def expect(self) -> set[str]:
        return {self.origin.url + self.path(n) for n in range(3)}

    def own_complaints(self) -> list[str]:
        return [c for c in self.asked_between(self.left, 1e9) if "/feed" in c] if self.left else []


class Looping(Outlet):
    """Pages redirect in a circle: the feed's own text stands for them."""

    def answer_page(self, asked: Asked, n: int) -> Reply:
        return Reply(status=302, headers={"Location": self.path(n)})

    def most_fetches(self, n: int) -> int:
        return 11


class Missing(Outlet):
    """Pages are not there: the feed's own text stands for them."""

    def answer_page(self, asked: Asked, n: int) -> Reply:
        return Reply("no", 404)


class LatePages(Outlet):
    """Pages answer 500 at the first time: the feed's own text stands for each until it can be had."""

    def answer_page(self, asked: Asked, n: int) -> Reply:
        first = len([a for a in self.origin.asked if a.path == self.path(n)]) == 1
        return Reply("trouble", 500) if first else super().answer_page(asked, n)

    def most_fetches(self, n: int) -> int:
        return 2


class Reserved(Outlet):
    """Reserves its rights in a header: pages are asked for, not read; the feed's own text stands for them."""

    def answer_page(self, asked: Asked, n: int) -> Reply:
        reply = super().answer_page(asked, n)
        return Reply(reply.body, headers={**reply.headers, "TDM-Reservation": "1"})


class ReservedAtOnce(Outlet):
    """Reserves its rights for all of its pages in one file, but for the first: the others are not to be asked for."""

    def prepare(self) -> None:
        rules = f'[{{"location": "/2026/", "tdm-reservation": 1}}, {{"location": "{self.path(0)}", "tdm-reservation": 0}}]'
        self.origin.plays["/.well-known/tdmrep.json"] = Reply(rules)

    def own_complaints(self) -> list[str]:
        asked = [p for p in self.origin.paths() if p.startswith("/2026")]
        return [] if asked == [self.path(0)] else [f"asked for {asked}"]


class Lying(Outlet):
    """Says UTF-8 and sends Windows-1252."""

    def answer_page(self, asked: Asked, n: int) -> Reply:
        reply = super().answer_page(asked, n)
        body = str(reply.body).replace("tenants", "‘tenants’ of café Größe").encode("cp1252")
        return Reply(body, headers={"Content-Type": "text/html; charset=utf-8"})


class Answering304(Outlet):
    """Honours conditional requests, and minds being asked without."""

    def answer_feed(self, asked: Asked) -> Reply:
        mark = f'W/"{self.published()}"'
        if asked.headers.get("if-none-match") == mark:
            return Reply(b"", 304, {"ETag": mark})
        reply = self.feed()
        return Reply(reply.body, headers={**reply.headers, "ETag": mark})

    def own_complaints(self) -> list[str]:
        plain = [a for a in self.origin.asked if a.path == "/feed" and "if-none-match" not in a.headers]
        return ["asked without a condition"] if len(plain) > 1 else []


class Delaying(Outlet):
    """Asks for a minute between requests."""

    robots = "User-agent: *\nCrawl-delay: 60\nDisallow: /private"

    def own_complaints(self) -> list[str]:
        log = [a for a in self.origin.asked if a.path != "/robots.txt"]
        return [
            f"{b.path} asked {b.at - a.at:.1f} s after {a.path}" for a, b in pairwise(log) if b.at - a.at < 60
        ]


class Resting(Outlet):
    """Its feed says that once in two hours is enough."""

    def answer_feed(self, asked: Asked) -> Reply:
        reply = self.feed()
        return Reply(str(reply.body).replace("<channel>", "<channel><ttl>120</ttl>"), headers=reply.headers)

    def own_complaints(self) -> list[str]:
        visits = self.visits()
        return [f"visited after {b - a:.0f} s" for a, b in pairwise(visits) if b - a < 7200 - 2]


class Twofold(Outlet):
    """Has the same articles in two feeds."""

    def prepare(self) -> None:
        self.origin.plays["/all"] = lambda asked: self.feed(guid="all-")


class Reprinting(Outlet):
    """Prints what an agency sent: the same words at every such outlet."""

    def _chance(self, n: int) -> random.Random:
        return random.Random(n)


KINDS: tuple[type[Outlet], ...] = (
    Outlet, Erring, Limiting, LimitingPages, Overloaded, Moving, Painting, Garbling, Closed, HalfClosed, Unsteady, Tracking,
    Churning, Repeating, Skewed, Dripping, HangingUp, Bombing, Leaving, Looping, Missing, LatePages, Reserved,
    ReservedAtOnce, Lying,
    Answering304, Delaying, Resting, Twofold, Reprinting,
)  # fmt: skip
