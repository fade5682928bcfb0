"""What the town has: its records and documents, read, checked and linked."""
