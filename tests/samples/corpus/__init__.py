"""Bounces, notices and event routes in our own words after the forms that servers really use, one file a source.

Addresses, people and ids are made up; what servers are known to say word for word (“User unknown”, “RESOLVER.GRP.Expanded”)
is said so. The expectations are a mail expert's, written before the code that reads them and without looking at it.
"""

from tests.samples.corpus import (
    exchange_online,
    exchange_ways,
    gateways,
    google,
    japan_mail,
    japan_mobile,
    later,
    latest,
    notices,
    routes,
    routes_failed,
    routes_foreign,
    routes_waiting,
    servers,
    servers_more,
    sources,
    unseen,
    webmail,
)
from tests.samples.corpus.routes import Route
from tests.samples.corpus.shape import NEW, Bounce

__all__ = ["BOUNCES", "NEW", "ROUTES", "Bounce", "Route"]

BOUNCES: tuple[Bounce, ...] = (
    *exchange_online.BOUNCES,
    *exchange_ways.BOUNCES,
    *notices.BOUNCES,
    *sources.BOUNCES,
    *google.BOUNCES,
    *webmail.BOUNCES,
    *japan_mobile.BOUNCES,
    *japan_mail.BOUNCES,
    *servers.BOUNCES,
    *servers_more.BOUNCES,
    *gateways.BOUNCES,
    *later.BOUNCES,
    *latest.BOUNCES,
    *unseen.BOUNCES,
)
ROUTES: tuple[Route, ...] = (
    *routes.HANDLED,
    *routes_waiting.WAITING,
    *routes_failed.FAILED,
    *routes_foreign.FOREIGN,
    *latest.ROUTES,
    *unseen.ROUTES,
)
