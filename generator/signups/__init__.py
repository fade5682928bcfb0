"""What staff do with sign-ups: open, export, erase, purge, count."""
