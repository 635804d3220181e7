"""What each cell of a file became, as a page and as text."""
