"""What may stand beside a country's figures, as a page, as text and as Markdown."""
