"""What the campaign gives to take away: documents to print, made once and kept until what they say changes."""
