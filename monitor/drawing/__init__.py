"""Pictures for a page or a letter, as text alone: no script, no style sheet, nothing loaded; and letters to print."""
