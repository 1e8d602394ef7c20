"""One file per verb: everything that can change the record, in one transaction that its door opens and commits.

What the verbs share stands beside them under nouns and adjectives (`acceptable`, `permitted`, `open_record`,
`contact_data`), but for four steps inside an action, which no door calls: `file_fact`, `file_event`, `look_ahead` and
`follow_up`.
"""
