"""How an application proves to Entra that it is who it says. Pure; `credentials` shows the proof.

Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, repr=False)
class Secret:
    """A client secret of the app registration."""

    text: str


@dataclass(frozen=True)
class Certificate:
    """A PEM file of a private key and its certificate, whose public part the app registration has."""

    path: Path


@dataclass(frozen=True)
class ManagedIdentity:
    """The app *is* a managed identity of the host, under the same client id."""


@dataclass(frozen=True)
class FederatedToken:
    """A file with a token of another issuer, such as Kubernetes, that the app registration trusts.

    Whoever wrote it replaces it, within the hour as a rule.
    Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
    """

    path: Path


@dataclass(frozen=True)
class FederatedIdentity:
    """A managed identity of the host, called *client_id*, that the app registration trusts.

    Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
    """

    client_id: str


Proof = Secret | Certificate | ManagedIdentity | FederatedToken | FederatedIdentity


def ends(proof: Proof) -> bool:
    """Whether somebody has to renew *proof* by hand before it ends."""
    return isinstance(proof, Secret | Certificate)
