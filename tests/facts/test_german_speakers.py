"""Who speaks in German, in texts of our own: the subject before the verb, behind it, or behind the word of its clause."""

from __future__ import annotations

import pytest

from stemma.facts import find_quotes
from stemma.types import Article, ArticleId, Quote

_CASES = [
    (
        "Der Bürgermeister, Jon Falk, sagte, die Brücke bleibe gesperrt.",
        "Der Bürgermeister, Jon Falk",
        "Jon Falk",
    ),
    (
        "Jon Falk, der als Sprecher der Werft auftritt, erklärte, dass niemand entlassen werde.",
        "Jon Falk",
        "Jon Falk",
    ),
    ("Unterdessen verlangen die Fischer, dass der Hafen wieder geöffnet wird.", "die Fischer", "die Fischer"),
    ("Auch Ilse Torvik glaubt, dass der Damm halten werde.", "Ilse Torvik", "Ilse Torvik"),
    (
        "Am Montag hatte die Reederei erklärt, dass kein Öl ausgelaufen sei.",
        "die Reederei",
        "die Reederei",
    ),
    (
        "Die Reederei hat bereits am Morgen vor Reportern angekündigt, sie werde alle Schäden bezahlen.",
        "Die Reederei",
        "Die Reederei",
    ),
    (
        "Wie die Leiterin der Wetterwarte, Mara Tolland, mitteilte, wird der Sturm am Abend erwartet.",
        "die Leiterin der Wetterwarte, Mara Tolland",
        "Mara Tolland",
    ),
    (
        "Im Norden wurden Medienberichten zufolge drei Boote schwer beschädigt.",
        "Medienberichten",
        "Medienberichten",
    ),
    (
        "Nach Angaben der Feuerwehr brannten vier Häuser nieder.",
        "Angaben der Feuerwehr",
        "die Feuerwehr",
    ),
    (
        "Laut der lindmärkischen Regierung brannten vier Häuser nieder.",
        "der lindmärkischen Regierung",
        "die lindmärkische Regierung",
    ),
    (
        "Nach Angaben der lindmärkischen Vermittler brannten vier Häuser nieder.",
        "Angaben der lindmärkischen Vermittler",
        "die lindmärkischen Vermittler",
    ),
    (
        "Nach Darstellung des Gouverneurs Espen Lund brannten vier Häuser nieder.",
        "Darstellung des Gouverneurs Espen Lund",
        "Espen Lund",
    ),
    ("„Die Brücke bleibt zu“, sagte der Sprecher.", "der Sprecher", "der Sprecher"),
    (
        "Der Bürgermeister, Jon Falk, versuchte mit den Worten zu beruhigen: „Der Damm hält bis zum Abend.“",
        "Der Bürgermeister, Jon Falk",
        "Jon Falk",
    ),
    (
        "Bürgermeister Jon Falk: „Der Damm hält bis zum Abend, das ist sicher.“",
        "Bürgermeister Jon Falk",
        "Jon Falk",
    ),
    (
        "In einem Schreiben des Hafenamts heißt es, die Frist sei verstrichen.",
        "einem Schreiben des Hafenamts",
        "einem Schreiben des Hafenamts",
    ),
    ("Der Sender „Küstenfunk“ berichtete, die Fähre sei gekentert.", "Der Sender „Küstenfunk“", None),
    (
        "Der Nachfolger des Gouverneurs Espen Lund, Jon Falk, hat angekündigt, die Steuer werde gesenkt.",
        "Der Nachfolger des Gouverneurs Espen Lund, Jon Falk",
        "Jon Falk",
    ),
]


def _quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(Article(id=ArticleId("a"), text=text, language="de"))


@pytest.mark.parametrize(("text", "beside", "speaker"), _CASES, ids=[case[1] for case in _CASES])
def test_subject(text: str, beside: str, speaker: str | None) -> None:
    """The words beside the cue are the subject's noun phrase with its apposition, and the name is the head's."""
    quote = _quotes(text)[0]
    assert quote.speaker_span is not None
    assert text[quote.speaker_span.start : quote.speaker_span.end] == beside
    assert speaker is None or quote.speaker == speaker


def test_pronoun_goes_to_the_person_introduced_with_an_office() -> None:
    """An office in one word with what it is of tells that a name is a person's, and whether "er" or "sie" may be it."""
    text = (
        "Die Hafenamtsleiterin Mara Tolland stellte die Pläne vor. Der Wellenforscher Jon Falk widersprach.\n\n"
        "Sie sagte, die Mole werde erneuert."
    )
    assert _quotes(text)[-1].speaker == "Mara Tolland"


def test_they_are_nobody() -> None:
    """ "Sie" with the verb of many is no single person."""
    text = "Die Ministerin Mara Tolland traf die Fischer. Sie sagten, der Preis sei zu niedrig."
    assert _quotes(text)[-1].speaker is None


def test_sentences_in_reported_speech_are_one_statement() -> None:
    """Sentences in the subjunctive that follow each other in a paragraph go on with one statement of one speaker."""
    text = (
        "Jon Falk sagte, die Brücke sei alt. Der Rat habe davon seit zwei Jahren gewusst und nichts getan. "
        "Das Land habe der Stadt außerdem kein Geld zugesagt."
    )
    quotes = _quotes(text)
    assert [q.speaker for q in quotes] == ["Jon Falk", "Jon Falk"]
    assert len(quotes[1].pieces) == 2


def test_clause_before_marked_words_is_part_of_what_was_said() -> None:
    """Where a clause in reported speech leads to the marked words, it begins what was said."""
    text = "Jon Falk sagte am Montag, der Damm sei alt, und „ob er hält, weiß heute keiner von uns“."
    assert any(text[q.span.start : q.span.end].startswith("der Damm sei alt") for q in _quotes(text))


def test_noun_that_looks_like_a_subjunctive_is_none() -> None:
    """ "Folge" with a capital is a noun, so a plain sentence is nobody's speech."""
    assert _quotes("Das Wasser stieg in der Folge bis an die Fenster der alten Schule.") == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("„Das ist ein Fehler, den wir bereuen“, zitiert die Zeitung den Bürgermeister Olaf Brandt.", "Olaf Brandt"),
        ("Die Zeitung zitiert Olaf Brandt mit den Worten: „Wir haben keine Wahl mehr.“", "Olaf Brandt"),
        ("Am Montag zitierte die Zeitung den Minister Jan Holm mit den Worten, er sei müde.", "Jan Holm"),
        ("Holm zitierte aus dem Brief: „Wir haben keine Wahl mehr.“", "Holm"),
    ],
)  # fmt: skip
def test_who_is_quoted_spoke_not_who_quotes(text: str, who: str) -> None:
    """The object of a verb of quoting said the words; without one its subject stands."""
    (quote,) = find_quotes(Article(id=ArticleId("a"), text=text, language="de"))
    assert quote.speaker == who


def test_who_acts_in_a_passive_is_whom_von_names() -> None:
    """ "wurde von der Ministerin als falsch bezeichnet": she said so, and not what she speaks of; without "von" nobody."""
    text = (
        "Die Zahlen wurden von Ministerin Lene Holm als falsch bezeichnet. Die Lager seien seit Mai gesperrt."
    )
    assert {q.speaker for q in _quotes(text)} == {"Lene Holm"}


def test_the_subject_stands_behind_what_opens_the_sentence() -> None:
    """Behind "Als Grund" or "Um 10:05 Uhr" the subject follows the verb."""
    text = "Als Grund für den Abriss nannte die Stadt Kelm, dass die Brücke zu schwach sei."
    assert {q.speaker for q in _quotes(text)} == {"die Stadt Kelm"}
    text = "Um 10:05 Uhr meldete die Feuerwehr, der Damm sei gebrochen."
    assert {q.speaker for q in _quotes(text)} == {"die Feuerwehr"}


def test_reported_speech_behind_a_judgment_is_the_judges() -> None:
    """A sentence in reported speech without a cue goes to whoever judged in the sentence before it."""
    text = (
        "Minister Jon Falk sagte, der Bau werde teuer.\n\n"
        "Die Stadtreinigung äußerte Zweifel an der Darstellung. Für eine Frist von einem Jahr sei es erlaubt."
    )
    assert [q.speaker for q in _quotes(text)][-1] == "Die Stadtreinigung"


def test_so_somebody_further() -> None:
    """ "so Falk weiter" and "hatte Falk in Kelm gesagt" name whose the words before are."""
    text = "Minister Jon Falk kam nach Kelm. Die Brücke, so Falk weiter, sei nicht zu retten."
    assert [q.speaker for q in _quotes(text)] == ["Jon Falk"]
    text = "Minister Jon Falk kam nach Kelm. „Die Brücke ist nicht zu retten“, hatte Falk im Mai in Tolvik erklärt."
    assert [(q.speaker, text[q.span.start : q.span.end]) for q in _quotes(text)] == [
        ("Jon Falk", "„Die Brücke ist nicht zu retten“")
    ]


def test_opinions_and_reports_by_nach() -> None:
    """ "Seiner Meinung nach" and "nach israelischen Militärangaben" name whose words the sentence has."""
    text = "Minister Jon Falk kam nach Kelm. Seiner Meinung nach hätte die Stadt den Damm sperren müssen."
    assert [q.speaker for q in _quotes(text)] == ["Jon Falk"]
    text = "Nach kelmischen Militärangaben seien vier Soldaten beschossen worden."
    assert [q.speaker for q in _quotes(text)] == ["kelmischen Militärangaben"]


def test_a_judgment_in_marks_stands_apart_and_once() -> None:
    """ "nannte den Plan einen „Wortbruch“": the marked noun is Falk's; a name in marks is nobody's statement."""
    text = "Minister Jon Falk nannte den Plan einen „Wortbruch“."
    assert [(q.kind, text[q.span.start : q.span.end]) for q in _quotes(text)] == [
        ("indirect", "Minister Jon Falk nannte den Plan einen „Wortbruch“"),
        ("direct", "„Wortbruch“"),
    ]
    text = "Als Beispiele nennt Jon Falk die Modelle „Torvik“ und „Kelm“."
    assert not any(q.kind == "direct" for q in _quotes(text))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nach eigenen Angaben hat er schon 200 Unterschriften gesammelt.", [None]),
        ("Boris Falk kam nach Kelm. „Die meisten sind jung“, erzählt Falk der DW.", ["Boris Falk"]),
        ("Wochenlang hielten zwei Mitglieder der Gruppe sie als Geisel fest.", []),
        ("Sollte die Stadt sich weigern, ihn zu hören, will er Kundgebungen anmelden.", [None]),
    ],
)
def test_whose_words_are_not_said_stays_open(text: str, who: list[str | None]) -> None:
    """ "Eigene Angaben" name nobody, whom a thing is told is no part of a name, and holding somebody is no opinion."""
    assert [q.speaker for q in _quotes(text)] == who
