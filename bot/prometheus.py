"""The counts as Prometheus reads them.

Source: https://prometheus.io/docs/practices/naming/
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
_TURN_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
_JOB_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 60.0, 120.0)


class PrometheusMeters:
    """Meets Meters, with a registry of its own."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._registry = own
        self._turns = Histogram(
            "mail_trace_turn_seconds",
            "Until an activity was acknowledged or an invoke answered.",
            ["kind"],
            buckets=_TURN_SECONDS,
            registry=own,
        )
        self._jobs = Histogram(
            "mail_trace_job_seconds",
            "Until a question had its last word.",
            ["outcome"],
            buckets=_JOB_SECONDS,
            registry=own,
        )
        self._refusals = Counter("mail_trace_refusals", "Turned away at the door.", ["reason"], registry=own)
        self._graph = Counter("mail_trace_graph_requests", "Answers of Graph.", ["status"], registry=own)
        self._cache = Counter(
            "mail_trace_directory_cache",
            "Looks into the directory's memory.",
            ["what", "result"],
            registry=own,
        )
        self._denials = Counter(
            "mail_trace_denials", "Questions that the asker may not put.", ["reason"], registry=own
        )
        self._over_limit = Counter(
            "mail_trace_over_limit",
            "Not worked, as one person had sent too much in a minute.",
            ["kind"],
            registry=own,
        )
        self._shared = Counter(
            "mail_trace_shared_runs", "Questions, by whose run answered them.", ["result"], registry=own
        )
        self._errands = Gauge(
            "mail_trace_errands_due", "Reports, promises and watches that wait for a worker.", registry=own
        )
        self._quota = Gauge(
            "mail_trace_quota_left",
            "Requests this installation may still make in five minutes.",
            registry=own,
        )
        self._queue = Gauge("mail_trace_jobs_running", "Questions being worked.", registry=own)
        self._lag = Gauge("mail_trace_loop_lag_seconds", "How late the event loop is.", registry=own)

    def turn(self, kind: str, seconds: float) -> None:
        self._turns.labels(kind).observe(seconds)

    def job(self, outcome: str, seconds: float) -> None:
        self._jobs.labels(outcome).observe(seconds)

    def refused(self, reason: str) -> None:
        self._refusals.labels(reason).inc()

    def asked_graph(self, status: int) -> None:
        self._graph.labels(str(status)).inc()

    def cached(self, what: str, *, hit: bool) -> None:
        self._cache.labels(what, "hit" if hit else "miss").inc()

    def denied(self, reason: str) -> None:
        self._denials.labels(reason).inc()

    def over_limit(self, kind: str) -> None:
        self._over_limit.labels(kind).inc()

    def shared(self, *, hit: bool) -> None:
        self._shared.labels("hit" if hit else "miss").inc()

    def expose(self, *, quota_left: float, errands_due: float, running: int, lag: float) -> bytes:
        """Everything as text, with what is only known at the moment of looking; NaN is not known."""
        self._quota.set(quota_left)
        self._errands.set(errands_due)
        self._queue.set(running)
        self._lag.set(lag)
        return generate_latest(self._registry)
