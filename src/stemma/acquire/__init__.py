"""From the outside world to pages: files, folders, JSON Lines, web archives.

Takes paths, gives `Page`s in a fixed order (or `Rejected` for what cannot be read). Never reads what a page says: that
is extraction. Where next: `newsroom` hands pages on.
"""
