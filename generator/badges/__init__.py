"""Signing the credentials of labels and diplomas, and verifying anyone's."""
