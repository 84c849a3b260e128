"""Where bytes come from: a working folder or a git revision. Knows files and names; knows no mentoring."""
