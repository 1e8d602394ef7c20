"""One file per verb: everything that can change the record, in one transaction that its door opens and commits."""
