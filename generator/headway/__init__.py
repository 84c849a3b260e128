"""Headway: progress sites for mentorship partnerships, made from plain files in git."""

import os

__version__ = "0.1.0"

# Nobody's plugin changes what documents mean; and looking for one takes every command a while.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
