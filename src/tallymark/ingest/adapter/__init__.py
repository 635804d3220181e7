"""What an adapter document may say, and how it is read and checked."""
