headwaySearch("list",[["search/program.js","",""],["search/partnerships/crew.js","The Thursday crew","EYhYAga6Ig2/WQIyG8IgEALGABxIFjD0ENMIFg3AAAdesWOz"]])
