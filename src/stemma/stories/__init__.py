"""Articles into stories as they arrive, and stories into threads.

Takes an `Article` and the open stories, gives a `Placement`; after all input `review` gives a `Grouping` for each
article. Never opens a table, reads no clock: time is what the articles say. Next: facts inside each story.
`find_alarms` tells an operator whether grouping as a whole looks as usual, `tell_phase` how far along a story
is, `tell_whom` of whom and of where it tells.
"""

from stemma.stories.alarms import Alarm, find_alarms
from stemma.stories.open import OpenStories
from stemma.stories.phase import tell_phase
from stemma.stories.whom import tell_whom

__all__ = ["Alarm", "OpenStories", "find_alarms", "tell_phase", "tell_whom"]
