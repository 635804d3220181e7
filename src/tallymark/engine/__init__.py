"""SQL in, Arrow out. Knows dialects and connections; holds no rules."""
