"""How sign-ups come in: forms drawn, answers checked, sealed and kept."""
