"""Older versions of an object in a bucket that keeps them: erasing must reach those too.

`obstore` knows no versions, so two plain requests are signed here.
Source: AWS, « Signature Version 4 signing process » (query-string form of the canonical request).
"""

import hashlib
import hmac
import os
import re
import urllib.error
import urllib.request
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

_VERSION = re.compile(rb"<(Version|DeleteMarker)>(.*?)</\1>", re.DOTALL)
_KEY = re.compile(rb"<Key>([^<]*)</Key>")
_ID = re.compile(rb"<VersionId>([^<]*)</VersionId>")


def erase_versions(bucket: str, key: str) -> None:
    """Remove every version and delete marker of an object. Raises OSError when the provider refuses."""
    listing = _send("GET", bucket, "", {"prefix": key, "versions": ""})
    for _, version in _VERSION.findall(listing):
        name, number = _KEY.search(version), _ID.search(version)
        if name and number and name[1].decode() == key:
            _send("DELETE", bucket, key, {"versionId": number[1].decode()})


def _send(method: str, bucket: str, key: str, query: dict[str, str]) -> bytes:
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL") or f"https://s3.{region}.amazonaws.com")
    path = f"/{bucket}/{quote(key)}" if key else f"/{bucket}"
    search = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(query.items()))
    headers = _signed(method, endpoint.netloc, path, search, region)
    request = urllib.request.Request(
        f"{endpoint.scheme}://{endpoint.netloc}{path}?{search}", method=method, headers=headers
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in {404, 501}:
            return b""
        raise OSError(f"S3 {error.code}") from None


def _signed(method: str, host: str, path: str, search: str, region: str) -> dict[str, str]:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    empty = hashlib.sha256(b"").hexdigest()
    headers = {"host": host, "x-amz-content-sha256": empty, "x-amz-date": now}
    if token := os.environ.get("AWS_SESSION_TOKEN"):
        headers["x-amz-security-token"] = token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"{method}\n{path}\n{search}\n{lines}\n{names}\n{empty}"
    scope = f"{now[:8]}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{os.environ.get('AWS_SECRET_ACCESS_KEY', '')}".encode()
    for part in (now[:8], region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), "sha256").hexdigest()
    credential = f"{os.environ.get('AWS_ACCESS_KEY_ID', '')}/{scope}"
    authorization = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": authorization}
