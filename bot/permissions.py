"""Microsoft Graph's application permissions, by what is asked with each; the README says why."""

USER_PERMISSION = "User.Read.All"
GROUP_PERMISSION = "GroupMember.Read.All"
ORGANIZATION_PERMISSION = "Organization.Read.All"
APPLICATION_PERMISSION = "Application.Read.All"
"""Not needed for tracing: with it, `doctor` sees when a secret ends, and the service principal itself."""
