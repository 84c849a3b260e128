headwaySearch("list",[["search/program.js","",""],["search/partnerships/ingrid-tariq.js","Ingrid Vik & Tariq Haddad","AoEpPUcMboZA5fMhTYmkZECFbwh0FwuDFFQthnAuIsAdxCguIKiwNCwCzN5ZENKr"]])
