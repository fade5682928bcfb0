"""How long a function takes from its import to its first answer, in fresh processes: median and worst of 15.

python tests/benchmarks/collector_cold_start.py
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.collector.town import REPOSITORY, make_town, token_for

FIRST_ANSWER = """
import sys, time
start = time.perf_counter()
from generator.collector.functions import handler
event = {"httpMethod": "POST", "path": "/forms/lettre-d-information", "body": sys.argv[1],
         "headers": {"content-type": "application/json", "x-forwarded-for": "192.0.2.1"}}
status = handler(event)["statusCode"]
print((time.perf_counter() - start) * 1000, status)
"""


def main() -> None:
    """Measure a first submission: forms read, answers checked, sealed, kept."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        town = make_town(Path(folder))
        environment = {**town.environment, "VILLE_ROOT": str(town.root), "PYTHONPATH": str(REPOSITORY)}
        for _ in range(15):
            answers = {"email": "a@b.example", "age": "seize-ans-ou-plus", "consent": "oui"}
            body = json.dumps({**answers, "token": token_for("lettre-d-information")})
            command = [sys.executable, "-c", FIRST_ANSWER, body]
            found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
            if found[1] != "200":
                raise SystemExit(f"the first answer was {found[1]}")
            times.append(float(found[0]))
    print(f"import to first answer: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


if __name__ == "__main__":
    main()
