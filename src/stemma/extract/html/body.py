"""Which blocks of a page are the article: the words of one text, in order.

First working form: long blocks with few links, and what stands between them in the same container.
"""

from __future__ import annotations

from collections import Counter

from stemma.extract.html.outline import Outline


def choose_blocks(outline: Outline) -> list[int]:
    """Places in `outline.blocks` of the article's own blocks, in order."""
    weight: Counter[int] = Counter()
    elements = outline.elements
    for block in outline.blocks:
        words = block.text.count(" ") + 1
        if words > 10 and block.link * 3 < len(block.text) and not elements[block.element].hidden:
            parent = elements[block.element].parent
            weight[parent] += words
            if parent >= 0:
                weight[elements[parent].parent] += words // 2
    if not weight:
        return []
    main = max(sorted(weight), key=lambda e: weight[e])
    chosen = []
    for place, block in enumerate(outline.blocks):
        at, inside = block.element, False
        while at >= 0:
            inside = inside or at == main
            at = elements[at].parent
        tag = elements[block.element].tag
        if (
            inside
            and tag not in ("figcaption", "nav", "aside", "footer")
            and block.link * 2 < len(block.text)
        ):
            chosen.append(place)
    return chosen
