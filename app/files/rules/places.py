"""Where an installation keeps its photos, as its settings say it."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
USUAL_REGION = "us-east-1"


@dataclass(frozen=True)
class Folder:
    """A folder on the server's disk."""

    path: Path


@dataclass(frozen=True)
class Bucket:
    """A bucket of an S3-compatible service."""

    endpoint: str
    name: str
    key: str
    secret: str = field(repr=False)
    region: str = USUAL_REGION
    https: bool = True


Place = Folder | Bucket


def parse_place(url: str, key: str = "", secret: str = "", region: str = "") -> Place:
    """The place that FILES_URL names; ValueError with the cure where it cannot be one."""
    if "://" not in url:
        if not Path(url).is_absolute():
            raise ValueError("write the folder from the root, like /var/lib/mufakat/files")
        return Folder(Path(url))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("it is no address") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError("a bucket is reached through https://, or http:// on the same machine")
    bucket = parts.path.strip("/")
    if not host or not bucket or "/" in bucket or parts.query or parts.username:
        raise ValueError("write a bucket as https://host/bucket; its keys have settings of their own")
    if not key or not secret:
        raise ValueError("a bucket needs FILES_KEY and FILES_SECRET")
    endpoint = f"[{host}]" if ":" in host else host
    return Bucket(
        f"{endpoint}:{port}" if port else endpoint, bucket, key, secret, region or USUAL_REGION, parts.scheme == "https"
    )
