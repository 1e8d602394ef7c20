"""One file per verb: everything that can change the record, in one transaction that its door opens and commits.

What the verbs share stands beside them under nouns and adjectives (`acceptable`, `permitted`, `contact_data`,
`assessment_value`, `dossier_statement`), and so do the steps inside an action, which no door calls: `open_record`,
`open_fact`, `dose_form`, `look_ahead`, `file_fact`, `file_event` and `follow_up`.
"""
