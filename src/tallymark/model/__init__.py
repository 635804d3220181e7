"""The records that the stages share: frozen, without input or output."""
