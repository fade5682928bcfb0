"""The vault in a bucket: a real server that speaks S3, and one that fails, dawdles and cuts."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import httpx
import pytest

from generator.collector.bucket import Bucket
from generator.collector.vault import Outcome, Vault
from generator.signups.archive import read_key, remove, signups
from generator.signups.erasure import erase
from tests.collector.test_vault import PAIR, entry
from tests.collector.town import Town, free_port, make_town, running

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "essai",
    "AWS_SECRET_ACCESS_KEY": "essai",
    "AWS_REGION": "eu-west-3",
    "AWS_ALLOW_HTTP": "true",
}


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """Run an S3 server of its own; give a plain client of it."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": url}.items():
            patch.setenv(name, value)
        for _ in range(200):
            try:
                httpx.get(url)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        client = boto3.client("s3", endpoint_url=url, region_name="eu-west-3")
        yield client
    server.terminate()
    server.wait()


@pytest.fixture
def bucket(s3: Any, request: pytest.FixtureRequest) -> str:
    name = f"essai-{abs(hash(request.node.name)) % 10**8}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    return name


def names(s3: Any, bucket: str) -> list[str]:
    return [found["Key"] for found in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_a_submission_is_kept_once_under_its_prefix(s3: Any, bucket: str) -> None:
    keeper = Vault(Bucket(f"s3://{bucket}/aubrenay"), str(PAIR.to_public()), str(PAIR.to_public()))
    assert keeper.keep([entry(), entry("2", "deux", mail=True)]) == [Outcome.KEPT] * 2
    assert keeper.keep([entry(), entry(text="autre")]) == [Outcome.KEPT, Outcome.OTHER]
    assert len(names(s3, bucket)) == 5
    assert all(name.startswith("aubrenay/") for name in names(s3, bucket))
    assert len(signups(keeper.store)) == 2


def test_of_many_who_race_one_wins(bucket: str) -> None:
    stores = [Bucket(f"s3://{bucket}") for _ in range(8)]
    won: list[bool] = []
    threads = [
        threading.Thread(target=lambda store=store: won.append(store.publish(("a/b/c.age", b"x")))) for store in stores
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(won) == 1


def test_removing_removes_older_versions_too(s3: Any, bucket: str) -> None:
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    store = Bucket(f"s3://{bucket}/ici")
    keeper = Vault(store, str(PAIR.to_public()), str(PAIR.to_public()))
    keeper.keep([entry(), entry("2", "deux")])
    first, second = signups(store)
    s3.put_object(Bucket=bucket, Key=f"ici/{first.place.stem}.age", Body=b"plus recent")
    remove(store, first.place)
    left = s3.list_object_versions(Bucket=bucket)
    kept = {found["Key"] for kind in ("Versions", "DeleteMarkers") for found in left.get(kind, [])}
    assert kept == {f"ici/{second.place.stem}.age", f"ici/{second.place.stem}.json"}


def test_the_collector_keeps_in_the_bucket_and_staff_erase_there(s3: Any, bucket: str, tmp_path: Any) -> None:
    from datetime import UTC, datetime

    town = make_town(tmp_path, f"signups_store: s3://{bucket}/aubrenay")
    with running(town) as collector:
        assert collector.sign_up().status_code == 200
        assert collector.sign_up(email="autre@courrier.example").status_code == 200
    assert not town.signups.exists()
    store = Bucket(f"s3://{bucket}/aubrenay")
    assert len(signups(store)) == 2
    key = tmp_path / "cle.txt"
    key.write_text(town.private_key)
    removed = erase(store, "ZOE@courrier.example", read_key(key), datetime.now(UTC))
    assert removed.total() == 1
    assert len(signups(store)) == 1


class Troubled(BaseHTTPRequestHandler):
    """An S3 that answers 500 or 503, dawdles, or cuts in the middle; `trouble` says which."""

    trouble = "500"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        match self.trouble:
            case "slow":
                time.sleep(30)
            case "cut":
                self.send_response(200)
                self.send_header("content-length", "1000")
                self.end_headers()
                self.wfile.write(b"a" * 10)
                self.connection.close()
                return
        self.send_response(int(self.trouble) if self.trouble.isdigit() else 500)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.mark.parametrize("trouble", ["500", "503", "403", "slow", "cut"])
def test_a_provider_in_trouble_is_told_as_503_and_nothing_is_acknowledged(
    town: Town, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Troubled.trouble = trouble
    server = ThreadingHTTPServer(("127.0.0.1", 0), Troubled)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = town.root / "site_config.yml"
    settings.write_text(settings.read_text() + "signups_store: s3://essai/aubrenay\n")
    town.environment.update({**ENVIRONMENT, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"})
    with running(town) as collector:
        answer = collector.sign_up()
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert httpx.get(f"{collector.url}/health").status_code == 200
    server.shutdown()
    server.server_close()
