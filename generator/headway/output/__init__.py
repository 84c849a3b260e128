"""Pages become files, in a folder that is Headway's alone."""
