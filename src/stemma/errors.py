"""The faults that Stemma raises, one tree, ordered by what the caller can do about them.

Bad input is not here: it is a value (`stemma.types.Rejected`), counted, stored and shown.

    StemmaError
    ├── UsageError          the caller asked for something that cannot be: say it and stop
    │   ├── ConfigError     a setting has a value that it cannot have
    │   └── NotFoundError   no story, article or source of that number (or it is withheld)
    ├── StoreError          the store cannot be opened, read or written
    │   ├── StoreBusyError  another process writes to it: try again later
    │   ├── StoreFullError  no more of a kind is taken until somebody has cleared some
    │   └── StoreVersionError  made by a newer Stemma
    └── StageError          a stage failed on one article: set it aside, go on
"""


class StemmaError(Exception):
    """Root of all faults of ours."""


class UsageError(StemmaError):
    """What was asked for cannot be done as asked; the message is for the user."""


class ConfigError(UsageError):
    """A setting has a value that it cannot have."""


class NotFoundError(UsageError):
    """There is nothing of that number, or it is withheld."""


class StoreError(StemmaError):
    """The store cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process holds the store for writing."""


class StoreFullError(StoreError):
    """No more of this kind is taken until the operator has cleared some."""


class StoreVersionError(StoreError):
    """The store was made by a newer Stemma."""


class StageError(StemmaError):
    """A stage failed on one article; the article is set aside and the rest goes on."""
