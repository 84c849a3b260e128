"""What the site says to other programs: search, feeds, calendars, data, and what search engines ask for."""
