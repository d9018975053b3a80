"""Who signs a text in Chinese, Japanese and Korean, where names have no capitals: "（记者 张三）", "문지혜 기자", "【山田太郎】".

Only forms that newspapers and agencies print are read: a label with a name of two to four characters, a name with the
title of a reporter, a name in brackets as the last words. Whoever is only an editor ("责任编辑") wrote nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.extract.credits.names import load_agencies


def find_eastern_byline(*, lines: Sequence[str], text: str) -> tuple[str, ...]:
    """The people who sign: in the opening or the last words of `text`, then in the short `lines` beside it."""
    if not _SCRIPT.search(text, 0, _LOOKED_AT):
        return ()
    last = text[text.rfind("\n\n") + 2 :] if "\n\n" in text else ""
    for line in (text[:_OPENING], *lines, last[-_OPENING:]):
        for pattern in _OPENINGS if line is not last else _PATTERNS:
            if m := pattern.search(line):
                return _names(m[1])
    if m := _LAST.search(last[-_OPENING:]):
        return _names(m[1])
    return ()


def find_eastern_agency(*, lines: Sequence[str], text: str) -> str | None:
    """The agency that opens `text` ("新华社北京1日电", "(서울=연합뉴스)", "【ロンドン共同通信】") or that a line gives as the source."""
    if not _SCRIPT.search(text, 0, _LOOKED_AT):
        return None
    names = _agency_names()
    if m := names.opening.match(text[:_OPENING]):
        return names.known[m[1] or m[2]]
    for line in lines:
        if m := names.source.search(line[:_OPENING]):
            return names.known[m[1]]
    return None


def cut_editors(text: str) -> str:
    """The text without last paragraphs that only name who edited it ("责任编辑：李四", "编辑 王五 校对 赵六")."""
    while (at := text.rfind("\n\n")) >= 0:
        last = text[at + 2 :]
        if len(last) > _LONGEST_NOTE or not _EDITED.fullmatch(last.strip("()（）[]【】 ")):
            break
        text = text[:at]
    return text


# ---------------------------------------------------------------- helpers

_SCRIPT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_LOOKED_AT, _OPENING, _LONGEST_NOTE = 400, 90, 60
_HAN = r"[\u4e00-\u9fff][\u4e00-\u9fff·]{1,3}"
_LISTED = rf"({_HAN}(?:[、,，\s\u3000]{_HAN})*)"
_AUTHOR = r"(?:特约记者|本报记者|实习记者|见习记者|记者|記者|作者|撰文|撰稿|執筆|取材|文)"
_KOREAN = r"[\uac00-\ud7a3]{2,4}"
# "（记者 张三）", "(记者张三、李四)": in the opening of a report.
_IN_BRACKETS = re.compile(
    rf"[（(【\[](?:[^（()）\n]{{0,8}}?){_AUTHOR}[\s\u3000:：/／]*{_LISTED}[^（()）\n]{{0,12}}[)）】\]]"
)
# "中央社記者張三台北1日電", "(中央社记者…": a name of two or three characters before a place.
_WIRED = re.compile(r"中央社[記记]者([\u4e00-\u9fff]{3})[\u4e00-\u9fff]{2,4}\d{1,2}日[電电]")
# "作者：张三", "記者／王小明", "文 | 李四": labelled, up to a blank, a stroke or the end.
_LABELLED = re.compile(
    rf"(?:^|[\s\u3000|｜/／（(]){_AUTHOR}(?:\s*[:：/／|｜]\s*|[\s\u3000]+){_LISTED}(?=$|[\s\u3000|｜/／)）;；])"
)
# "홍길동 기자", "[서울=한국] 홍길동 선임기자 =": the name before the title.
_REPORTER = re.compile(
    rf"(?:^|[\s=\]】(（|/·,])({_KOREAN}(?:[·,]\s?{_KOREAN})*)\s?(?:선임|인턴|수습|객원|전문|시민)?\s?(?:기자|특파원|논설위원)(?=$|[^\uac00-\ud7a3])"
)
# "山田太郎記者", "（文・山田太郎）", "【山田太郎】" as the last words.
_LAST = re.compile(r"[（(【](?:(?:文|記者|取材|執筆)[・:：\s]?)?([\u4e00-\u9fff々]{3,6})[)）】]$")
_OPENINGS = (_WIRED, _IN_BRACKETS, _LABELLED, _REPORTER)
_PATTERNS = (_IN_BRACKETS, _LABELLED, _REPORTER)
_SEPARATED = re.compile(r"[、,，·\s\u3000]+")
_NO_PERSON = re.compile(
    r"[社网網报報部局台署处處]$|记者|記者|编辑|編輯|报道|報導|综合|綜合|新闻|新聞|本报|本網|本网|共同|時事"
)
_EDITED = re.compile(
    r"(?:(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|審核|监制|監製|编审|核稿|值班编辑|二审|三审|初审|终审)"
    r"[\s\u3000:：/／|｜]*[\u4e00-\u9fff·、\w\s\u3000]{0,12}?[\s\u3000;；|｜/／]*)+"
)


@dataclass(frozen=True, slots=True)
class _AgencyNames:
    known: dict[str, str]
    opening: re.Pattern[str]
    source: re.Pattern[str]


@lru_cache(maxsize=1)
def _agency_names() -> _AgencyNames:
    """The agencies that have a name in these scripts."""
    known = {s: name for s, name in load_agencies().long.items() if _SCRIPT.match(s)}
    listed = "|".join(map(re.escape, sorted(known, key=lambda s: (-len(s), s))))
    return _AgencyNames(
        known=known,
        opening=re.compile(
            rf"\s*(?:[（(【\[［]?(?:据|綜合|综合)?({listed})[^，。,\n]{{0,20}}?(?:[电電讯訊]|[记記]者)"
            rf"|[（(【\[［][^()（）【】\[\]\n]{{0,20}}?({listed})\s?[)）】\]］])"
        ),
        source=re.compile(
            rf"(?:来源|來源|稿源|出典|配信|提供|출처|자료)\s*[:：=／/]?\s*({listed})(?=$|[\s\u3000|｜/／)）])"
        ),
    )


def _names(listed: str) -> tuple[str, ...]:
    names = [n for n in _SEPARATED.split(listed) if n]
    return () if any(_NO_PERSON.search(n) for n in names) else tuple(dict.fromkeys(names))
