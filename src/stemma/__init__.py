"""Stemma: one page to a story, each sentence with its source.

Arrays are worked on by one thread unless the environment says otherwise: ours are small, and threads that wait for one another
took a third of the CPU of a grouping (`stemma stories --final`). It has to be said before NumPy is loaded.
"""

import os

__version__ = "0.1.0"

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
