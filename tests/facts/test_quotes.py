"""Who said what in one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.facts import find_quotes
from stemma.types import Article, ArticleId, Quote


def quotes(text: str, language: str = "en") -> list[Quote]:
    return list(find_quotes(Article(id=ArticleId("a"), text=text, language=language)))


def said(text: str, language: str = "en") -> list[tuple[str, str | None, str]]:
    return [(text[q.span.start : q.span.end], q.speaker, q.kind) for q in quotes(text, language)]


def test_direct_quotation_with_its_speaker() -> None:
    """Marked words go to the name beside the verb."""
    text = "“We will rebuild the bridge,” said Mayor Ana Ruiz on Monday."
    assert said(text) == [("“We will rebuild the bridge,”", "Ana Ruiz", "direct")]


def test_interrupted_quotation_is_one() -> None:
    """A cue within a quotation parts it into pieces of one."""
    text = "“We will rebuild,” said Ana Ruiz. “It will take a year.”"
    (quote,) = quotes(text)
    assert [text[p.start : p.end] for p in quote.pieces] == ["“We will rebuild,”", "“It will take a year.”"]
    assert (quote.span.start, quote.span.end) == (0, len(text))
    assert quote.cue == "said"


def test_surname_and_pronoun_resolve() -> None:
    """A surname goes to the fullest name, a pronoun to the person last spoken of who fits."""
    text = (
        "Mayor Ana Ruiz met the engineers. “It is safe,” Ruiz said on Monday.\n\n"
        "She said that the bridge would open in May."
    )
    assert [speaker for _, speaker, _ in said(text)] == ["Ana Ruiz", "Ana Ruiz"]
    pronoun = quotes(text)[1].speaker_span
    assert pronoun is not None
    assert text[pronoun.start : pronoun.end] == "She"


def test_indirect_speech_with_that() -> None:
    """The clause after "said that" is what was said."""
    text = "The minister said that the schools would stay closed until Friday."
    assert said(text) == [("that the schools would stay closed until Friday", "The minister", "indirect")]


def test_according_to() -> None:
    """ "According to" gives the rest of the sentence to the source, on either side."""
    assert said("Three houses burned down, according to the fire service.")[0][:2] == (
        "Three houses burned down",
        "the fire service",
    )
    assert said("According to the fire service, three houses burned down.")[0][:2] == (
        "three houses burned down",
        "the fire service",
    )


def test_words_put_in_marks_are_no_statement() -> None:
    """A name, a title or a distancing pair of marks is nobody's quotation."""
    assert said("The so-called “green corridor” crosses the park near the old “Harbour Hall” building.") == []


def test_mixed_quotation() -> None:
    """A clause with marked words in it is one quotation of both kinds."""
    text = "Ana Ruiz said that the plan was “a gift to nobody” and far too late."
    assert said(text)[0][1:] == ("Ana Ruiz", "mixed")


def test_quotation_over_paragraphs_keeps_its_speaker() -> None:
    """A marked paragraph after a quotation is of the same speaker."""
    text = "“The water came at night,” said Jon Falk.\n\n“We had no time to take anything with us at all.”"
    assert [speaker for _, speaker, _ in said(text)] == ["Jon Falk", "Jon Falk"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "„Wir bleiben hier“, sagte Bürgermeisterin Ilse Torvik.",
            ("„Wir bleiben hier“", "Ilse Torvik"),
        ),
        (
            "de",
            "Ilse Torvik erklärte, die Stadt sei gut vorbereitet.",
            ("die Stadt sei gut vorbereitet", "Ilse Torvik"),
        ),
        ("fr", "« Nous restons ici », a déclaré Luc Ferrand.", ("« Nous restons ici »", "Luc Ferrand")),
        (
            "fr",
            "Claire Dumas a affirmé que la ville était prête.",
            ("que la ville était prête", "Claire Dumas"),
        ),
        ("es", "«Nos quedamos aquí», dijo Elena Ruiz.", ("«Nos quedamos aquí»", "Elena Ruiz")),
        (
            "es",
            "Pedro Lamas afirmó que la ciudad estaba lista.",
            ("que la ciudad estaba lista", "Pedro Lamas"),
        ),
    ],
)
def test_languages(language: str, text: str, expected: tuple[str, str]) -> None:
    """Direct and indirect speech in German, French and Spanish."""
    assert said(text, language)[0][:2] == expected


def test_german_reported_speech_without_a_cue() -> None:
    """A sentence in the subjunctive goes on with the last speaker."""
    text = "Ilse Torvik sagte, die Lage sei ernst. Man werde den Menschen helfen."
    assert said(text, "de")[1][:2] == ("Man werde den Menschen helfen", "Ilse Torvik")


def test_unknown_language_falls_back_to_english_patterns() -> None:
    """A language without a table is read with English words and finds no less than its marks."""
    assert said("“Wij blijven hier, wat er ook gebeurt.”", "nl")[0][2] == "direct"


@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "said", "Ana", "Ruiz", "that", ",", ".", "\n\n", "the", "he", ":", "to"]
        ),
        max_size=30,
    )
)
def test_any_text(pieces: list[str]) -> None:
    """Whatever the text, spans lie within it, pieces within their span, and the same text gives the same."""
    text = " ".join(pieces)
    found = quotes(text)
    assert found == quotes(text)
    for quote in found:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.pieces[0].start == quote.span.start
        assert quote.pieces[-1].end == quote.span.end
        assert all(a.end <= b.start for a, b in zip(quote.pieces, quote.pieces[1:], strict=False))
        if quote.cue_span is not None:
            assert text[quote.cue_span.start : quote.cue_span.end] == quote.cue


def test_office_of_several_words_is_no_part_of_the_name() -> None:
    """Of "Minister of Foreign Affairs Lene Holm" the name is Lene Holm."""
    text = "“It is over,” said Belmoran Minister of Foreign Affairs Lene Holm on Monday."
    assert said(text) == [("“It is over,”", "Lene Holm", "direct")]


def test_name_before_what_it_belongs_to() -> None:
    """Of "Iven Dahl of the brokerage Torm Partners" the speaker is the man, not the firm."""
    assert said("“It is dear,” said Iven Dahl of the brokerage Torm Partners.")[0][1] == "Iven Dahl"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("They said that the truce in Belmora would hold.", None),
        ("Belmora joined. It also opposes the dam across the river.", None),
        ("The ministry said that it was open. It also insists that the dam be closed.", "The ministry"),
    ],
)
def test_pronoun_resolves_or_is_nobody(text: str, speaker: str | None) -> None:
    """A pronoun is led back to the body that spoke in the sentence before, or stays unknown; it is never a name."""
    assert quotes(text)[-1].speaker == speaker


def test_a_clause_behind_the_speaker_is_no_part_of_the_name() -> None:
    """Where the text has no fuller name, what a relative clause tells of the speaker is left out of it."""
    text = "Belmora, whose troops have held the dam since spring, demands that the guns be moved from the valley."
    assert quotes(text)[-1].speaker == "Belmora"


def test_demand_with_an_infinitive_has_its_speaker() -> None:
    """ "urged X to …" gives what was demanded, and of whom, to the one who urged; "told X to" begins at its infinitive."""
    text = 'Holm urged Dahl to approach the talks "in good faith, and with patience."'
    assert said(text) == [('Dahl to approach the talks "in good faith, and with patience."', "Holm", "mixed")]
    assert said("Holm told the crews to stay in the harbour until the storm was over.")[0][0].startswith(
        "to stay"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            # a time behind the cue is none of the words, before them and between them
            "Ruiz also stated a day earlier, “If the dam breaks, we will have to leave the valley.”",
            ["“If the dam breaks, we will have to leave the valley.”"],
        ),
        (
            "“We want a harbour that is safe,” Ruiz said two days after the storm, “and which our children can see.”",
            ["“We want a harbour that is safe,”", "“and which our children can see.”"],
        ),
        (
            "Ruiz said two years after the flood the dam was safe.",
            ["two years after the flood the dam was safe"],
        ),
        # a stop before marks that begin large ends what stands before them
        (
            'In 2013 the crews were eager to talk about him. "Falk has a huge boat, and the whole port behind him," said Ana Ruiz.',
            ['"Falk has a huge boat, and the whole port behind him,"'],
        ),
        # "as she put it" ends what was said, whatever her own sentence tells behind it
        (
            "Ruiz regularly pledges to “make sure our harbour works for everyone,” as she put it on Wednesday in Kelm, where she also met the crews.",
            ["to “make sure our harbour works for everyone,”"],
        ),
        # marked words that a colon within the clause opens end it
        (
            "Ruiz said she had the one quality that the port needs: “Steadiness, and an eye for the weather.”",
            ["she had the one quality that the port needs: “Steadiness, and an eye for the weather.”"],
        ),
        # the words go on behind a long cue
        (
            "Falk is “clever as a fox,” Ana Ruiz wrote in a letter to the head of the port authority, and “full of himself.”",
            ["Falk is “clever as a fox,”", "and “full of himself.”"],
        ),
    ],
)
def test_where_words_begin_and_end(text: str, words: list[str]) -> None:
    """Circumstances of saying are none of what was said, and what goes on behind the cue is."""
    (quote,) = [q for q in quotes(text) if q.kind != "indirect" or "“" not in text]
    assert [text[p.start : p.end] for p in quote.pieces] == words


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister hat Berichte der Wochenzeitung „Der Hafen am Fluss“ zurückgewiesen.",
        "Jens Dahl kommentierte das laut „hafen.example.org“ am Montag nicht.",
        "Laut einem Test des Magazins „boot, motor und see“ gibt es 113 solche Boote.",
    ],
)
def test_a_papers_name_in_marks_is_nobodys_words(text: str) -> None:
    """What stands in marks behind "Wochenzeitung" or "laut" is the name of a paper or site."""
    assert [words for words, _, kind in said(text, "de") if kind == "direct"] == []


@pytest.mark.parametrize("verb", ["confided", "averred", "mumbled", "wisecracked"])
def test_less_frequent_verbs_of_saying(verb: str) -> None:
    """A verb that is little else than one of saying leads to a clause as "said" does, and is the cue beside marks."""
    (clause,) = quotes(f"Ana Ruiz {verb} that the harbour was not ready for the storm.")
    assert (clause.cue, clause.speaker) == (verb, "Ana Ruiz")
    (marked,) = quotes(f"“The harbour is not ready for the storm,” Ana Ruiz {verb}.")
    assert (marked.cue, marked.speaker, marked.kind) == (verb, "Ana Ruiz", "direct")


def test_what_somebody_calls_a_person_is_a_statement() -> None:
    """ "called him “…”" is a judgment, also of a group without a name; "leaders it calls “…”" is only a name."""
    text = "Jon Falk paid no tax. His aides called him “a genius” for it."
    assert ("him “a genius” for it", "mixed") in [(words, kind) for words, _, kind in said(text)]


def test_a_name_that_is_written_like_a_small_verb() -> None:
    """Jon Will is not the word that helps a verb: "Will said" has Will for its subject."""
    text = "Jon Will spoke in Kelm for an hour. On Monday Will said that the council had to wait until May."
    place = quotes(text)[-1].speaker_span
    assert place is not None
    assert text[place.start : place.end] == "Will"


def test_words_put_in_marks_by_a_contact_clause_are_no_statement() -> None:
    """ "leaders it calls “rebels”" is nobody's statement, and its pronoun no speaker."""
    text = 'The army moved to disarm the coast and oust leaders it calls "pirates." Kelm burned.'
    assert [s for s in said(text) if "pirates" in s[0] and s[2] != "indirect"] == []


def test_gerund_is_no_speaker() -> None:
    """A clause that stands before a verb is not taken for who says something."""
    text = "Providing more boats to Kelm is the best way to support the town’s harbour, General Dahl said."
    assert {speaker for _, speaker, _ in said(text)} <= {"Dahl", "General Dahl"}


def test_german_pronoun_behind_the_verb_with_more_behind_it() -> None:
    """„…“, sagte sie vor …: the pronoun is the speaker, and resolves."""
    text = "Präsidentin Lene Holm besuchte das Viertel. „Ich habe nur Fragen“, sagte sie vor der Bäckerei von Jens Dahl."
    assert said(text, "de") == [("„Ich habe nur Fragen“", "Lene Holm", "direct")]


def test_naming_by_a_person_is_his_word() -> None:
    """Somebody who calls a thing a name in marks is quoted; a government that uses a name for something is not."""
    assert [k for _, _, k in said("Her counterpart, Jon Falk, called the talks “long and dull”.")] == [
        "mixed"
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“Will the ferry sail?” Torvik asked. Nobody answered.", "“Will the ferry sail?”", "Torvik"),
        ("Said Torvik: “The ferry sails at six every day.”", "“The ferry sails at six every day.”", "Torvik"),
        (
            "As Ilse Torvik, the harbour master, put it, “a ferry without a harbour is a raft.”",
            "“a ferry without a harbour is a raft.”",
            "Ilse Torvik",
        ),
        (
            "Jon Falk continued:\n\n“The ferry has never been late, not once.”",
            "“The ferry has never been late, not once.”",
            "Jon Falk",
        ),
        (
            "Torvik told the paper in a written statement, “We did not sell the ferry to anyone.”",
            "“We did not sell the ferry to anyone.”",
            "Torvik",
        ),
        (
            "“It is safe to sail,” Mayor Ana Ruiz (Harbour Party) said Monday at the port, which had been closed.",
            "“It is safe to sail,”",
            "Ana Ruiz",
        ),
    ],
)
def test_cue_stands_apart_from_the_words(text: str, words: str, speaker: str) -> None:
    """A question before its cue, an inverted opening, "as she put it", a colon a paragraph before, a circumstance between."""
    assert said(text)[0][:2] == (words, speaker)


def test_marked_words_that_begin_small_go_on_with_the_clause_before_the_cue() -> None:
    """ "The harbour, she said, “is …”" is one saying in two pieces."""
    text = "The new harbour, the mayor said, “is a place where nobody wants to land.”"
    (quote,) = quotes(text)
    assert [text[p.start : p.end] for p in quote.pieces] == [
        "The new harbour",
        "“is a place where nobody wants to land.”",
    ]


def test_a_weaker_verb_does_not_swallow_a_plain_cue() -> None:
    """Of two patterns over the same words, the one with its cue beside the marks takes them."""
    text = (
        "Asked if he was encouraging the strike with his letter, Falk replied, “Perhaps I was, perhaps not.”"
    )
    assert ("“Perhaps I was, perhaps not.”", "Falk", "direct") in said(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The band played the song “Harbour Lights” and the crowd went home.", "en"),
        ("The firm sells what are called “green bonds” to its customers.", "en"),
        ("Der Fernsehsender „Hafenblick“ zeigte den Film am Abend.", "de"),
    ],
)
def test_titles_and_names_in_marks_are_no_statement(text: str, language: str) -> None:
    """Marked words that are a title, a name or a term are nobody's words."""
    assert [q for q in quotes(text, language) if q.kind == "direct"] == []


def test_german_words_put_in_marks_within_a_report_are_the_speakers() -> None:
    """In a German sentence of reported speech, marked words are a direct quotation of their own."""
    text = "Ruiz sagte, die Fähre sei „ein schwimmender Sarg“ und müsse ersetzt werden."
    assert ("„ein schwimmender Sarg“", "Ruiz", "direct") in said(text, "de")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("But police say at least three of them were inside the hall.", "at least three of them were inside the hall"),
        ("The source pointed out that three men were hurt.", "that three men were hurt"),
        ("Falk told the port council the road was shut.", "the road was shut"),
        ("Falk told WKBR three women and a man were hurt.", "three women and a man were hurt"),
    ],
)  # fmt: skip
def test_reported_clause_without_that(text: str, wanted: str) -> None:
    """An amount is no circumstance, "pointed out" says, and behind the person told a clause may begin with its noun."""
    assert [found for found, *_ in said(text)] == [wanted]


def test_pointing_at_something_is_not_saying() -> None:
    """A verb that says only with its particle says nothing without it."""
    assert said("Falk pointed a lamp at the men who had come up from the harbour.") == []


def test_they_are_the_many_who_spoke_in_the_sentence_before() -> None:
    """ "They" at the head of a sentence are the police or officials of the sentence before, and nobody where one person spoke."""
    text = "Police said the road was shut. They said it was dark. They added that it rained."
    assert [speaker for _, speaker, _ in said(text)] == ["Police", "Police", "Police"]
    text = "The ministry said the road was shut. They said it was dark."
    assert [speaker for _, speaker, _ in said(text)] == ["The ministry", None]


def test_adding_a_thing_is_not_saying() -> None:
    """ "Adding" says with a clause behind it, not with a thing."""
    assert said("Falk was sentenced again on Monday, adding three years to his time.") == []


def test_no_french_sentence_ends_at_a_title() -> None:
    """ "M. Rivas" is one name, not the end of a sentence and a new one."""
    text = "Le maire Jean Rivas est venu. « Nous allons reconstruire le pont », a affirmé M. Rivas lundi."
    assert [(speaker, kind) for _, speaker, kind in said(text, "fr")] == [("Jean Rivas", "direct")]


def test_a_second_cue_between_marks_parts_two_quotations() -> None:
    """What another sentence or "adding" leads to is not the piece before it; a cue alone does not part."""
    text = "The judge asked, “Did you know of the letter?” He answered, “I have no idea.”"
    assert [w for w, _, _ in said(text)] == ["“Did you know of the letter?”", "“I have no idea.”"]
    text = "“We will rebuild the bridge,” Ana Ruiz told Radio Kelm, adding, “The old one cannot be saved.”"
    assert [w for w, _, _ in said(text)] == [
        "“We will rebuild the bridge,”",
        "“The old one cannot be saved.”",
    ]


def test_a_transcript_names_who_speaks_before_the_words() -> None:
    """The name that a transcript prints within the marks is none of the words said."""
    text = "Governor Oleg Taran was asked about the dam.\n\n“TARAN: The dam is old, and we knew it.”"
    (only,) = quotes(text)
    assert text[only.span.start : only.span.end] == "The dam is old, and we knew it.”"
    assert only.speaker == "Oleg Taran"


def test_a_connective_is_the_writers_only_where_it_parts() -> None:
    """ "However small" belongs to what is said, "However," does not."""
    text = "However small the leak, the dam “is no longer safe,” said Ana Ruiz."
    assert said(text)[0][0] == "However small the leak, the dam “is no longer safe,”"
    text = "However, the dam “is no longer safe,” said Ana Ruiz."
    assert said(text)[0][0] == "the dam “is no longer safe,”"


def test_whom_a_cue_tells_may_have_a_clause_of_their_own() -> None:
    """What is said begins behind the clause of the person told."""
    text = "She told the mayors who had come to Kelm, “no one should be in doubt about the bridge.”"
    assert said(text)[0][0] == "“no one should be in doubt about the bridge.”"
    text = "Ana Ruiz told her staff this weekend she would take it as a “personal insult” if they left."
    assert said(text)[0][0].startswith("she would take")


def test_a_second_participle_ends_what_the_first_says() -> None:
    """ "telling … and questioning": two sayings of one subject."""
    text = "Ruiz went further on Friday, telling Radio Kelm that Falk was a “faker” and questioning how he had won."
    assert said(text)[0][0] == "that Falk was a “faker”"


def test_marks_in_a_row_are_one_list() -> None:
    """Behind a comma within marks the next marks go on."""
    text = "Ana Ruiz called the plan a “disgrace,” a “farce” and “rotten.”"
    assert said(text)[0][0] == "the plan a “disgrace,” a “farce” and “rotten.”"


def test_an_aside_names_who_put_it_so() -> None:
    """ "as Ruiz put it" within or behind a sentence says whose the words are, and is none of them."""
    text = "The dam was for years, as Ana Ruiz put it in a letter, “an open wound.”"
    assert said(text) == [("“an open wound.”", "Ana Ruiz", "direct")]
    text = "Yet, as Mayor Ana Ruiz observed, the road “was never closed.”"
    assert said(text) == [("the road “was never closed.”", "Ana Ruiz", "mixed")]


def test_a_bare_form_behind_one_thing_is_a_noun() -> None:
    """ "the port's general counsel Jon Falk said": who said it is Falk, and "counsel" said nothing."""
    text = "On Monday Kelm general counsel Jon Falk said the inquiry was “ongoing.”"
    assert said(text) == [("the inquiry was “ongoing.”", "Jon Falk", "mixed")]


def test_made_clear_is_speech_with_its_clause_alone() -> None:
    """ "made it clear that" tells what somebody said; the way being clear does not."""
    assert said("The mayor made it clear that she had “serious concerns” about the road.") == [
        ("that she had “serious concerns” about the road", "The mayor", "mixed")
    ]
    assert said("The road was clear that evening.") == []


def test_whose_participle_it_is() -> None:
    """ "footage of Ana Ruiz saying": she says it, and not who shows the footage."""
    text = "Mayor Ana Ruiz is up for re-election. The spot uses footage of Ana Ruiz asking, “Why are we not done?”"
    assert said(text) == [("“Why are we not done?”", "Ana Ruiz", "direct")]


def test_the_subject_behind_a_clause_or_connective() -> None:
    """What opens a sentence before its comma is no subject."""
    text = "When asked whom she backed, Ana Ruiz smiled and said, “I am waiting for a better road.”"
    assert said(text)[0][1] == "Ana Ruiz"
    text = "However, Jon Falk met the engineers and declared that he found the bridge “very charming.”"
    assert said(text)[0][1] == "Jon Falk"


def test_a_source_behind_a_clause_without_commas() -> None:
    """Texts that lost their commas name the source behind the clause, before "on Monday" too."""
    text = (
        "Army units killed 70 fighters and destroyed a tank in the port a military source said on Thursday."
    )
    assert said(text) == [
        ("Army units killed 70 fighters and destroyed a tank in the port", "a military source", "indirect")
    ]
    text = "Jon Falk moved here to lead a group charged with beautifying the square."
    assert said(text) == []


def test_a_name_that_ends_like_an_adverb_is_a_name() -> None:
    """ "Kelly responded pointedly": Kelly is who responded."""
    text = "Ana Kelly met them. Kelly responded pointedly, with a smile: “It can happen when you are 45.”"
    assert said(text) == [("“It can happen when you are 45.”", "Ana Kelly", "direct")]


def test_when_it_was_said_is_not_what_was_said() -> None:
    """A participle without a verb before the speaker is a circumstance; a noun before "are" says nothing."""
    assert said("Speaking to reporters on the train, Ana Ruiz cautioned against haste.") == []
    assert said("If recent reports are to be believed then spring is when it comes.") == []


def test_a_party_is_no_persons_name() -> None:
    """Of "Lindmark's Liberal governor, Ana Kay" the name is Ana Kay."""
    text = "Lindmark's Liberal governor, Ana Kay, responded: “These reports are deeply disturbing.”"
    assert said(text) == [("“These reports are deeply disturbing.”", "Ana Kay", "direct")]


def test_saying_leads_to_the_words_and_not_the_verb_before_it() -> None:
    """Of "responded to her by saying …" only what follows "saying" was said; finding a thing “absurd” is a judgment."""
    text = "Mayor Ana Ruiz responded to a mother on Monday by saying her refusal to speak of “war” was a “made-up” issue."
    assert said(text) == [("her refusal to speak of “war” was a “made-up” issue", "Ana Ruiz", "mixed")]
    text = "The candidate blasted the plan on Wednesday, calling it “absurd.” A blog, called the “Feed,” was shut."
    assert ("it “absurd.”", "The candidate", "mixed") in said(text)
    assert not any("Feed" in words for words, _, _ in said(text))
