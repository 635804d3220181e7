"""The clean set: what five invented countries and a tip line sent, and what is known."""
