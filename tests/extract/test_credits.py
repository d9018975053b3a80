"""Credit lines: authors, agencies, datelines, pictures, sources, genre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.credits import (
    cut_signature,
    find_agency,
    find_dateline,
    find_genre,
    find_source_line,
    is_person,
    parse_byline,
    split_photo_line,
)
from stemma.extract.credits.names import load_agencies, may_name


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Ines Okarro", ("Ines Okarro",), None),
        ("By Ines M. Okarro and Tomas Hellgrin", ("Ines M. Okarro", "Tomas Hellgrin"), None),
        ("Edited by Lena van der Veld", ("Lena van der Veld",), None),
        ("Von Lena Brandt", ("Lena Brandt",), None),
        ("Posted by Ines Okarro at 6:30 PM", ("Ines Okarro",), None),
        ("By Ines Okarro on Tuesday, February 10, 2026", ("Ines Okarro",), None),
        ("Von Lena Brandt am 10. Februar 2026", ("Lena Brandt",), None),
        ("By INES OKARRO Associated Press", ("INES OKARRO",), "AP"),
        ("Ines Okarro and Tomas Hellgrin, Associated Press", ("Ines Okarro", "Tomas Hellgrin"), "AP"),
        ("By The Associated Press", (), "AP"),
        ("Agence France-Presse", (), "AFP"),
    ],
)
def test_bylines_name_people_and_agencies(line: str, names: tuple[str, ...], agency: str | None) -> None:
    """A byline gives the people it names, and the agency beside them."""
    byline = parse_byline(line)
    assert byline is not None
    assert (byline.names, byline.agency) == (names, agency)


@pytest.mark.parametrize(
    "line",
    [
        "Home",
        "By continuing you agree to our terms",
        "Latest News",
        "Von Ostmärker Radsport Bund 4. 2. 2026",
        "The mayor told Reuters that ferries will run.",
        "",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    """Menus, prompts and sentences that mention an agency name no author."""
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("text", "place", "agency", "rest"),
    [
        ("VARDE : A late frost", "VARDE", None, "A late frost"),
        ("VARDE (AFP) — A late frost", "VARDE", "AFP", "A late frost"),
        ("Varde (dpa) - Ein später Frost", "Varde", "dpa", "Ein später Frost"),
        ("PORT ELLSAY, March 5 (Reuters) – Ferries", "PORT ELLSAY", "Reuters", "Ferries"),
    ],
)
def test_datelines_are_cut_where_the_text_begins(
    text: str, place: str, agency: str | None, rest: str
) -> None:
    """A dateline gives place and agency, and the text begins right after it."""
    dateline = find_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert text[dateline.end :] == rest


@pytest.mark.parametrize(
    "text", ["A step forward - said the mayor", "Varde: it froze", "", "2021 (AFP) was cold"]
)
def test_other_openings_are_no_datelines(text: str) -> None:
    """A dash or colon after ordinary words is no dateline."""
    assert find_dateline(text) is None


def test_an_agency_is_named_by_dateline_byline_end_and_witness() -> None:
    """Four places credit an agency: the dateline, the byline, the last words, its own reporter as a witness."""
    plain = "A late frost destroyed the blossom. Growers expect losses."
    for head, text, tail, where in (
        ([], "VARDE (AFP) — " + plain, [], "dateline"),
        (["By The Associated Press"], plain, [], "byline"),
        ([], plain + " (dpa)", [], "end of the text"),
        ([], plain + " An AFP reporter saw brown petals.", [], "its own reporter in the text"),
        ([], plain, ["Copyright 2021 The Associated Press. All rights reserved."], "copyright line"),
    ):
        credit = find_agency(head=head, text=text, tail=tail)
        assert credit is not None
        assert credit.where == where


def test_what_is_only_cited_is_no_credit() -> None:
    """An agency that somebody talked to, and the picture's agency, wrote no text."""
    text = "A late frost destroyed the blossom, a grower told Reuters. Photo: AFP / Hellgrin"
    assert find_agency(head=["Petals in the Varde valley (Ines Okarro/AP)"], text=text, tail=[]) is None


def test_an_outlet_is_not_its_own_source() -> None:
    """An agency's own page credits nobody."""
    assert (
        find_agency(head=["By Reuters"], text="VARDE (Reuters) - Frost.", tail=[], outlet="Reuters") is None
    )


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Photo: AFP / Varde police", None, "AFP / Varde police"),
        (
            "The bridge before its closure. (EPA Images pic)",
            "The bridge before its closure.",
            "EPA Images pic",
        ),
        ("Foto: dpa", None, "dpa"),
        ("The bridge © Reuters", "The bridge", "Reuters"),
    ],
)
def test_picture_lines_give_caption_and_credit(line: str, caption: str | None, credit: str) -> None:
    """A picture's line is parted into what it shows and whose it is."""
    photo = split_photo_line(line)
    assert photo is not None
    assert (photo.caption, photo.credit) == (caption, credit)


def test_a_sentence_is_no_picture_line() -> None:
    """A sentence with brackets at its end is no picture credit."""
    assert split_photo_line("The cooperative lost most of its harvest (70 percent).") is None


def test_source_lines() -> None:
    """Pointers to a primary source are known in several languages; a sentence about sources is none."""
    assert find_source_line("Source link")
    assert find_source_line("Read original article here")
    assert find_source_line("Artículo original", "es")
    assert not find_source_line("The source of the river lies above the village of Varde")


@pytest.mark.parametrize(
    ("title", "labels", "url", "genre"),
    [
        ("Bridge closed", [], None, "news"),
        ("Opinion: Close the bridge", [], None, "opinion"),
        ("Close the bridge", ["Leitartikel"], None, "opinion"),
        ("Bridge closure: live updates", [], None, "live"),
        ("A new cable", ["Press Release"], None, "press release"),
        ("Five ferries you will love", ["Sponsored content"], None, "sponsored"),
        ("Is the bridge safe?", [], "https://gazette.example/fact-check/bridge", "fact check"),
    ],
)
def test_genres_are_read_where_the_page_declares_them(
    title: str, labels: list[str], url: str | None, genre: str
) -> None:
    """A genre comes from a label, the title's opening or the address, and is news without one."""
    assert find_genre(title=title, labels=labels, url=url) == genre


def test_people() -> None:
    """Names have two to five capitalised words; menu words are none."""
    assert is_person("Lena van der Veld")
    assert not is_person("Breaking News")
    assert not is_person("okarro")


@given(st.text(max_size=200))
def test_any_line_can_be_read(line: str) -> None:
    """No line breaks a reader of credits, and a dateline ends inside its text."""
    parse_byline(line)
    split_photo_line(line)
    find_source_line(line)
    find_genre(title=line, labels=[line], url=line, text=line)
    find_agency(head=[line], text=line, tail=[line])
    dateline = find_dateline(line)
    assert dateline is None or 0 < dateline.end <= len(line)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("HARROWMERE (QPA) – The ferry sank on Monday.", "HARROWMERE", "QPA"),
        ("Ellerheim (qna) – Die Fähre sank am Montag.", "Ellerheim", "qna"),
        ("HARROWMERE, Nordland (QPA) — The ferry sank on Monday.", "HARROWMERE, Nordland", "QPA"),
    ],
)
def test_agencies_that_no_list_knows_sign_datelines_too(text: str, place: str, agency: str) -> None:
    """Short initials in brackets between a place and a dash name an agency, whether or not it is a known one."""
    dateline = find_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert text[dateline.end :].startswith(("The", "Die"))


def test_a_last_paragraph_that_only_signs_is_cut() -> None:
    """An agency's signature below the text is no word of it; any other short last paragraph stays."""
    assert cut_signature("The ferry sank.\n\nQPA/ro", "QPA") == "The ferry sank."
    assert cut_signature("The ferry sank.\n\nNo more.", "QPA") == "The ferry sank.\n\nNo more."
    assert cut_signature("The ferry sank.\n\nQPA/ro", None) == "The ferry sank.\n\nQPA/ro"


def test_an_unlisted_agencys_reporter_is_a_witness() -> None:
    """Only the agency that wrote a text writes that its own reporter saw something."""
    credit = find_agency(head=[], text="The ferry sank. A QPA reporter saw people swim.", tail=[])
    assert credit is not None
    assert credit.name == "QPA"
    assert find_agency(head=[], text="The ferry sank, an officer told QPA.", tail=[]) is None


def test_an_address_of_many_hyphens_is_read_in_one_way() -> None:
    """A line of a robots file with "photo" and "/" in it is no picture's credit, and telling so takes no time worth naming."""
    slug = "-".join(f"word{n}" for n in range(60))
    assert split_photo_line(f"Disallow: /about/photo/{slug}") is None
    assert split_photo_line("The bridge at dawn. Jean-Luc Okarro / Getty Images") is not None


@pytest.mark.parametrize(
    ("name", "head", "text", "tail"),
    [
        ("EFE", ["Madrid | EFE"], "", []),
        ("EFE", ["EFE / Madrid"], "", []),
        ("EFE", ["Redacción / EFE"], "", []),
        ("EFE", [], "", ["Fuente: EFE"]),
        ("EFE", [], "", ["Con información de EFE y AFP"]),
        ("EFE", [], "La ley entra en vigor en mayo. EFE", []),
        ("Europa Press", [], "MADRID, 4 Mar. (EUROPA PRESS) - El puerto cierra.", []),
        ("Europa Press", ["EUROPA PRESS / Sevilla"], "", []),
        ("dpa", [], "", ["Quelle: dpa"]),
        ("dpa", [], "", ["(mit Material von dpa)"]),
        ("dpa", [], "", ["Quelle: hafenblatt.example, rog/dpa"]),
        ("dpa", [], "Der Hafen bleibt gesperrt.\n\n© dpa-infocom, dpa:310304-99-1/2", []),
        ("dpa", [], "Der Hafen bleibt gesperrt.\n\ndpa/rc", []),
        ("ANSA", ["Redazione ANSA"], "", []),
        ("ANSA", [], "", ["Riproduzione riservata © Copyright ANSA"]),
        ("AFP", ["Le Phare avec AFP"], "", []),
        ("AFP", [], "", ["(Avec AFP)"]),
        ("Belga", [], "", ["Bron: Belga"]),
        ("ANP", ["Door ANP"], "", []),
        ("Lusa", [], "", ["Lusa"]),
        (None, [], "", ["Reuters"]),
        (None, [], "", ["Foto: EFE"]),
        (None, ["AFP/Getty"], "", []),
        (None, [], "", ["Síguenos en EFE Verde hoy mismo"]),
        (None, [], "Según contó EFE, el puerto cierra.", []),
    ],
)
def test_lines_that_sign_a_text_in_other_languages(
    name: str | None, head: list[str], text: str, tail: list[str]
) -> None:
    """A label, initials or a place beside the agency and nothing else is a credit; a mention or a picture's owner is none."""
    credit = find_agency(head=head, text=text or "El puerto cierra el viernes.", tail=tail, outlet="El Faro")
    assert (credit.name if credit else None) == name


def test_the_look_before_the_patterns_misses_no_name() -> None:
    """Every spelling of every agency and paper passes the cheap look, in capitals and between signs too."""
    table = load_agencies()
    for spelling in (*table.short, *table.long):
        for line in (spelling, spelling.upper(), f"({spelling})/x", f"_{spelling}_", f"The {spelling}, Kelm"):
            assert may_name(line), line
    assert not may_name("By Ann Example in the old town")
