"""WHAT DOES A PERSON SEE? Pages for a browser: routes fetch, presenters phrase, templates place."""
