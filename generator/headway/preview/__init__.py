"""The preview: watch the program, answer the page that is asked for, tell the browser what changed. Writes nothing."""
