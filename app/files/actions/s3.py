"""Keeping objects in a bucket of an S3-compatible service."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from io import BytesIO

from minio import Minio
from minio.error import MinioException, S3Error
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from app.files.actions.storing import NotStored, Stored

CONNECT_SECONDS, READ_SECONDS = 2, 5
TRIES = 3
POOL = 16


class S3Storage:
    """One object of the bucket for each name."""

    def __init__(self, endpoint: str, bucket: str, key: str, secret: str, region: str, *, https: bool) -> None:
        # Asked again after a failure: putting, getting and deleting twice is the same as once.
        retries = Retry(TRIES - 1, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504), allowed_methods=None)
        # Certificates are those that the system trusts, the regency's own among them.
        timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        pool = PoolManager(maxsize=POOL, timeout=timeout, retries=retries, cert_reqs="CERT_REQUIRED")
        self.bucket = bucket
        self.client = Minio(endpoint, key, secret, secure=https, region=region, http_client=pool)

    def put(self, name: str, content: bytes) -> None:
        with _told():
            self.client.put_object(self.bucket, name, BytesIO(content), len(content), "image/jpeg")

    def get(self, name: str) -> bytes | None:
        with _told():
            try:
                answer = self.client.get_object(self.bucket, name)
            except S3Error as error:
                if error.code == "NoSuchKey":
                    return None
                raise
            try:
                return answer.read()
            finally:
                answer.close()
                answer.release_conn()

    def delete(self, name: str) -> None:
        with _told():
            self.client.remove_object(self.bucket, name)

    def listing(self) -> Iterator[Stored]:
        with _told():
            for found in self.client.list_objects(self.bucket, recursive=True):
                assert found.object_name is not None  # only folders would have none, and we make none
                assert found.last_modified is not None
                yield Stored(found.object_name, found.last_modified.astimezone(UTC))


@contextmanager
def _told() -> Iterator[None]:
    """The service's own words may name the bucket and the key: they stay in the cause."""
    try:
        yield
    except (MinioException, HTTPError, OSError) as error:
        raise NotStored from error
