"""Adding figures up: the rules, and what they are asked of."""
