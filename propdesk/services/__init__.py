"""What the office does: commands that write in one transaction, and queries."""
