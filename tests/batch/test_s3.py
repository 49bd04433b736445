"""Parts in a store that speaks S3, on this machine; run with ``-m s3``. Needs the extra ``integrations``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsclean.batch.audit import verify
from newsclean.batch.runner import run
from newsclean.errors import NewscleanError

pytestmark = [
    pytest.mark.s3,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

Make = Callable[..., Any]


class Bucket:
    """A bucket of a server on the loopback device, and how to name it."""

    def __init__(self, host: str, port: int) -> None:
        import boto3

        self._client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
        # Buckets outlive their server, and pyarrow leaves an empty object for a folder from which it took something.
        self._name = f"bucket-{len(self._client.list_buckets()['Buckets'])}"
        self._client.create_bucket(Bucket=self._name)
        self.where = f"endpoint_override={host}:{port}&scheme=http"

    def uri(self, path: str, name: str | None = None) -> str:
        return f"s3://{name or self._name}/{path}?{self.where}"

    def held(self) -> dict[str, bytes]:
        keys = [entry["Key"] for entry in self._client.list_objects_v2(Bucket=self._name).get("Contents", ())]
        return {key: self._client.get_object(Bucket=self._name, Key=key)["Body"].read() for key in keys}

    def spoil(self, key: str) -> None:
        self._client.put_object(Bucket=self._name, Key=key, Body=b"something else")

    def unfinished(self) -> list[Any]:
        return self._client.list_multipart_uploads(Bucket=self._name).get("Uploads", [])


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED")
    for name, value in zip(names, ("name", "secret", "us-east-1", "true"), strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield Bucket(*server.get_host_and_port())
    server.stop()


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_parts_are_put_under_their_final_keys(
    engine: str, pages: Make, config: Make, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    top = pages(200, {7: "", 90: "x\nmisbehave: kill\n"})
    here = config(top, output="here")
    run(here)
    wanted = {f"articles/{path.name}": path.read_bytes() for path in here.output.glob("part-*")}
    there = config(top, output="ledger", store=bucket.uri("articles"), engine=engine, workers=2)
    assert run(there).not_ok == 2
    held = bucket.held()
    assert held.pop("articles/_SUCCESS")
    assert held == wanted
    assert bucket.unfinished() == []
    assert verify(there.output).problems == []
    assert run(there).cleaned == 0

    bucket.spoil(next(iter(wanted)))
    assert not verify(there.output).clean
    assert 0 < run(there).cleaned < 200
    (top / "000" / "00003.txt").unlink()
    run(there)
    run(here)
    again = {f"articles/{path.name}": path.read_bytes() for path in here.output.glob("part-*")}
    assert {key: data for key, data in bucket.held().items() if "part-" in key} == again
    assert verify(there.output).problems == []


def test_a_bucket_that_is_not_there_is_told(pages: Make, config: Make, bucket: Bucket) -> None:
    with pytest.raises(NewscleanError, match=r"s3://nowhere/x.*(nowhere|NoSuchBucket)"):
        run(config(pages(3), output="ledger", store=bucket.uri("x", "nowhere")))
