"""A function starts quickly because it loads little: what its first answer must not need stays out."""

import subprocess
import sys

from tests.collector.town import REPOSITORY, Town, token_for

FIRST_ANSWER = """
import json, sys
from generator.collector.functions import handler
body = json.loads(sys.argv[1])
event = {"httpMethod": "POST", "path": "/forms/lettre-d-information", "body": sys.argv[1],
         "headers": {"content-type": "application/json", "x-forwarded-for": "192.0.2.1"}}
print(handler(event)["statusCode"], *sys.modules)
"""


def test_the_first_answer_loads_no_server_no_template_no_mail_and_no_spreadsheet(town: Town) -> None:
    import json

    answers = {"email": "a@b.example", "age": "seize-ans-ou-plus", "consent": "oui"}
    body = json.dumps({**answers, "token": token_for("lettre-d-information")})
    environment = {**town.environment, "VILLE_ROOT": str(town.root), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", FIRST_ANSWER, body]
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
    assert found[0] == "200"
    heavy = {
        "starlette",
        "uvicorn",
        "jinja2",
        "aiosmtplib",
        "xlsxwriter",
        "obstore",
        "PIL",
        "markdown",
        "lxml",
        "asyncio",
    }
    assert heavy.isdisjoint(found)
