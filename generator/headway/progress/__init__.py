"""Progress: the numbers of format.md, section 4, for one partnership on one given day.

Pure arithmetic over the model. Knows no files, no pages and no clock: the day is given, and every question
about it goes through `headway.progress.day.Today`. Start at `headway.progress.compute.compute_report`.
"""
