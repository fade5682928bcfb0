"""What staff do to records from the command line: take back an agreement, seal a press release."""
