"""Everything that can be read, one file a thing shown: named columns, scope in the SQL, keyset pages."""
