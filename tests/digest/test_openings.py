"""Datelines, credits, labels, stamps and glued headlines in front of a report."""

from __future__ import annotations

import pytest

from stemma.digest.openings import find_lead_in


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("ORLAND, July 21 (Wire) — ", "Talks began."),
        ("VARN, North Shore -- ", "The port reopened."),
        ("Lissing (nak) - ", "Der Hafen wurde geschlossen."),
        ("ORLAND (NAK) – ", "Le port a fermé."),
        ("Orland, 3 mar (NAK).- ", "El puerto cerró."),
        ("ORLAND : ", "The port reopened."),
        ("(Tamber News) ", "The port reopened."),
        ("ORLAND: ", "The port reopened."),
        ("LISSING ", "At least nine people fled."),
        ("Nov 28, 2005 ", "Dockers went home."),
        ("Published: Tuesday, Dec. 20, 2005 12:00 a.m. EST ", "Dockers went home."),
        ("", "LISSING dockers went home."),
        ("", "NAKO - the dockers' league - said so."),
        ("", "Four men fled - and one fell."),
        ("", "On 3 June 2014 Mr Norrel left."),
        ("", "3 June 2014 was a Tuesday."),
        ("", "The Lendra (council) - Orland's lower house - met."),
    ],
)
def test_only_what_precedes_the_report_is_cut(head: str, rest: str) -> None:
    """The cut falls exactly behind the head, and nowhere where there is none."""
    text = head + rest
    length, _ = find_lead_in(text, None, first=True, language="en")
    assert text[length:].lstrip() == rest


def test_glued_headline_is_cut() -> None:
    """A headline that runs into the first sentence is left out; a sentence that merely begins like it is not."""
    title = "Tamber bridge falls in Orland"
    assert find_lead_in(f"{title} Four people were hurt.", title, first=True)[0] == len(title)
    assert find_lead_in(f"{title} after rain.", title, first=True)[0] == 0
