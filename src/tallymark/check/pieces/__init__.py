"""What expectation types share: pieces of SQL, prepared tables, words and examples."""
