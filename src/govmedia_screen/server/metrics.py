"""What Prometheus may know: how many requests of which kind, how long they took, what was decided. No text, no account."""

from __future__ import annotations

import os

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

REQUESTS = Counter("govmedia_screen_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "govmedia_screen_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30),
)
POSTS = Counter("govmedia_screen_posts_total", "Posts screened", ["decision"])
UNDER_WAY = Gauge("govmedia_screen_requests_under_way", "Requests under way", multiprocess_mode="livesum")


def seen(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def page() -> tuple[bytes, str]:
    """All figures, of all workers, and their content type."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
