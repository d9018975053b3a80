"""What a reported statement does, by its cue."""

from __future__ import annotations

import pytest

from stemma.text.stances import find_stance


@pytest.mark.parametrize(
    ("language", "cue", "said", "stance"),
    [
        ("en", "called for", "a truce of thirty days", "demands"),
        ("en", "urged", "both sides to open the bridge", "demands"),
        ("en", "has offered", "to pay for the repairs", "offers"),
        ("en", "rejected", "the plan to sell the ferry", "refuses"),
        ("en", "ruled out", "a second round of talks", "refuses"),
        ("en", "denied", "that the ferry was overloaded", "denies"),
        ("en", "did not deny", "that the ferry was overloaded", None),
        ("en", "accused", "the army of shelling the port", "accuses"),
        ("en", "said", "that the army must leave the port", "demands"),
        ("en", "said", "that the pilot must have slept", None),
        ("en", "said", "that we must remain hopeful and open to talks", None),
        ("de", "sagte", "wir müssen auf den Frühling warten", None),
        ("en", "demands", "are still far apart", None),
        ("en", "said", "the ferry sails at six", None),
        ("en", None, "the army must leave", None),
        ("de", "lehnte", "Der Minister lehnte den Plan für die Fähre ab", "refuses"),
        ("de", "wies", "Die Reederei wies die Vorwürfe zurück", "denies"),
        ("de", "wies", "Die Reederei wies auf das Wetter hin", None),
        ("de", "fordert", "einen Waffenstillstand von dreißig Tagen", "demands"),
        ("de", "warf", "Er warf der Armee den Bruch der Waffenruhe vor", "accuses"),
        ("fr", "a exigé", "le départ des soldats du port", "demands"),
        ("es", "rechazó", "el plan de vender el transbordador", "refuses"),
        ("xx", "demanded", "a truce of thirty days", None),
    ],
)
def test_stance(language: str, cue: str | None, said: str, stance: str | None) -> None:
    """A cue tells what a statement does; a plain verb of saying only with "must"; a negated one and a foreign one nothing."""
    assert find_stance(language, cue, said) == stance
