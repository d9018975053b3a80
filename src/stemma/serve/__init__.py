"""The portal: takes what the store gives to readers (`stemma.store.views`), gives pages and feeds over HTTP.

Server-rendered; scripts add to pages and none needs them; no cookie, no request to another host. Imports no stage, knows no table,
writes nothing. `create_app` makes the application, `serve` runs it until a signal; both are called by the commands.
"""

from stemma.serve.app import create_app
from stemma.serve.reader import Reader
from stemma.serve.server import serve
from stemma.serve.writers import PageWriters

__all__ = ["PageWriters", "Reader", "create_app", "serve"]
