"""Headway: progress sites for mentorship partnerships, made from plain files in git."""

__version__ = "0.1.0"
