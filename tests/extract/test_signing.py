"""Who signs a text, and the notes and notices around it: in scripts without capitals, at its end, by its own author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.credits import (
    cut_author_note,
    cut_editors,
    find_agency,
    find_eastern_byline,
    is_signature,
)
from stemma.extract.html.people import find_people
from stemma.extract.html.prompted import is_notice

from .html_pages import TEASERS, article_of, page_html

HAN = "港口的旋转桥将关闭两个冬季。" * 12
HANGUL = "항만청은 회전교를 통제한다고 밝혔다. " * 12


@pytest.mark.parametrize(
    ("lines", "text", "names"),
    [
        ([], f"新华社北京11月1日电（记者 张三 李四）{HAN}", ("张三", "李四")),
        ([], f"（中央社記者王小明台北1日電）{HAN}", ("王小明",)),
        (["来源：港城新闻网 作者：沈立群 2031-11-01"], HAN, ("沈立群",)),
        (["記者／陳大文"], HAN, ("陳大文",)),
        ([], f"{HAN}\n\n調査は続いている。【山田太郎】", ("山田太郎",)),
        (["문지혜 기자"], HANGUL, ("문지혜",)),
        ([], f"[탑포=한국뉴스] 문지혜 기자 = {HANGUL}", ("문지혜",)),
        (["文／综合报道"], HAN, ()),
        (["责任编辑：罗明"], HAN, ()),
        (["By nobody"], "A text in another script. " * 12, ()),
    ],
)
def test_names_without_capitals_are_read_where_they_sign(
    lines: list[str], text: str, names: tuple[str, ...]
) -> None:
    """Reporters who sign in Chinese, Japanese and Korean are named; editors and compilers are not."""
    assert find_eastern_byline(lines=lines, text=text) == names


@pytest.mark.parametrize(
    ("head", "text", "agency"),
    [
        ([], f"新华社北京11月1日电（记者 张三）{HAN}", "Xinhua"),
        ([], f"（中央社記者王小明台北1日電）{HAN}", "CNA"),
        ([], f"(탑포=연합뉴스) 문지혜 기자 = {HANGUL}", "Yonhap"),
        ([], f"［東京 1日 ロイター］ - 市は橋を閉鎖した。{HAN}", "Reuters"),
        (["2031-11-01 来源：新华社 作者：张三"], HAN, "Xinhua"),
        (["Источник: ТАСС"], "Разводной мост закроют на две зимы, сообщило управление порта.", "TASS"),
        ([], f"据新华社的报道很多，{HAN}", None),
        ([], f"路透社昨天搬进了新大楼。{HAN}", None),
    ],
)
def test_agencies_sign_in_their_own_scripts(head: list[str], text: str, agency: str | None) -> None:
    """An agency is credited where it opens a report or is given as the source in its own script, not where it is spoken of."""
    credit = find_agency(head=head, text=text, tail=[])
    assert (credit.name if credit else None) == agency


@pytest.mark.parametrize("note", ["责任编辑：罗明", "编辑 王五 校对 赵六", "（責任編輯：陳大文）"])
def test_editors_behind_a_text_are_cut(note: str) -> None:
    """A last paragraph that only says who edited the text is none of it; a sentence on editors is."""
    assert cut_editors(f"{HAN}\n\n{note}") == HAN
    whole = f"{HAN}\n\n编辑部决定关闭这座桥梁，市长说。"
    assert cut_editors(whole) == whole


def test_a_note_on_the_author_is_cut() -> None:
    """A last paragraph that says what the author of the byline is or does is none of the article's words."""
    text = "The bridge is shut.\n\nThe ferry runs."
    for note in (
        "Mara Lindt is a reporter on the coast.",
        "Mara Lindt, who lives by the sea, writes on ports.",
        "Mara Lindt ist freie Journalistin.",
    ):
        assert cut_author_note(f"{text}\n\n{note}", ("Mara Lindt",)) == text
    story = f"{text}\n\nMara Lindt is the owner of the ferry."
    assert cut_author_note(story, ("Jo Hale",)) == story


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("© RIPRODUZIONE RISERVATA", True),
        ("All rights reserved.", True),
        ("Print this story | E-mail this story\nCopyright 2031 The Tarn Point Echo", True),
        ("무단전재 및 재배포 금지", True),
        ("The copyright of the plans stays with the town.", False),
        ("Share prices fell.", False),
        ("Print is dead, she said of the story", False),
    ],
)
def test_notices_and_tools_are_no_text(line: str, notice: bool) -> None:
    """A block that is nothing but a notice or a tool of the page is known as one, a sentence on such things is not."""
    assert is_notice(line) is notice


def test_a_picture_s_owner_is_no_author() -> None:
    """What stands behind a label that is no byline's is nobody's name."""
    assert find_people(["Фото: Олег Сомов", "Автор: Марина Линдт"], outlet=None)[0] == ("Марина Линдт",)


def test_a_name_alone_may_sign() -> None:
    """A line with nothing but a person's name is a signature, one with other words is none."""
    assert is_signature("Lê Phương")
    assert not is_signature("The Ferry")


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_can_be_signed(text: str, lines: list[str]) -> None:
    """No text and no line breaks the reading, and nothing is cut but whole last paragraphs."""
    find_eastern_byline(lines=lines, text=text)
    is_notice(text)
    assert text.startswith(cut_editors(text))
    assert text.startswith(cut_author_note(text, lines))


def test_a_note_on_a_writer_nobody_named_before_is_cut() -> None:
    """Near the end a paragraph that introduces a journalist by name is a note; one on a journalist of the story is none."""
    text = "The bridge is shut, said the harbour board.\n\nThe ferry runs every 20 minutes until spring."
    for note in (
        "Jo Hale is a senior reporter for The Gazette.",
        "Jo Hale ist freie Journalistin in Tarnspitz.",
        "Jo Hale es periodista de El Puerto.",
    ):
        assert (
            cut_author_note(f"{text}\n\n{note}\n\nMore on the bridge.", ())
            == f"{text}\n\nMore on the bridge."
        )
    story = f"Jo Hale was arrested on the bridge.\n\n{text}\n\nJo Hale is a reporter for The Gazette."
    assert cut_author_note(story, ()) == story


def test_a_labelled_author_counts_wherever_the_line_stands() -> None:
    """Where nobody else is named, one line that opens with the word for an author names the people; two such lines do not."""
    one = "<ul><li><b>Datum</b> 28.04.2031</li><li><b>Autorin/Autor</b> Lena Brandt</li></ul>"
    assert article_of(page_html(after=f"{TEASERS}{one}", ld="{}")).byline == ("Lena Brandt",)
    two = f"{one}<ul><li><b>Autor:</b> Tom Winter</li></ul>"
    assert article_of(page_html(after=f"{TEASERS}{two}", ld="{}")).byline == ()
