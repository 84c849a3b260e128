"""What `init`, `new`, `log` and `done` write: texts, and edits in files that people wrote, as values first."""
