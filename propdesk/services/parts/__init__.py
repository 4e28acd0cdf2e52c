"""What two commands share: journal lines, numbers, rights."""
