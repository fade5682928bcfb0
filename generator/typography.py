def french(text: str) -> str:
    return text
