headwaySearch("list",[["search/program.js",""],["search/partnerships/crew.js","The Thursday crew"]])
