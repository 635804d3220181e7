"""A draft to the relation `cells`, in which checks look for what a table means."""
