"""Audit: what a site and its repository tell, and whether a built site holds what it must not."""
