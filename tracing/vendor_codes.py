"""The status codes that other large mail systems document, and the registered ones.

Only codes with a definite meaning are listed; an entry is vague if the vendor uses it for several causes.
Source: https://support.google.com/a/answer/3726730,
https://sendersupport.olc.protection.outlook.com/pm/troubleshooting.aspx,
https://senders.yahooinc.com/smtp-error-codes/, https://support.apple.com/102322,
https://www.postfix.org/postconf.5.html and, for STANDARD,
https://www.iana.org/assignments/smtp-enhanced-status-codes/
"""

from collections.abc import Mapping

from tracing.causes import Cause
from tracing.code_entry import Listed
from tracing.vendors import Vendor

_GMAIL = (
    Listed("4.2.1", Cause.RECIPIENT_LIMIT, vague=True),
    Listed("4.2.2", Cause.MAILBOX_FULL),
    Listed("4.7.23-27", Cause.SENDER_AUTHENTICATION),
    Listed("4.7.28", Cause.SENDING_LIMIT),
    Listed("4.7.29", Cause.TLS_PROBLEM),
    Listed("4.7.30-40", Cause.SENDER_AUTHENTICATION),
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.1.2", Cause.UNREACHABLE),
    Listed("5.1.3", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.1.7", Cause.SIZE_OR_FORMAT),
    Listed("5.2.1", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.2.2", Cause.MAILBOX_FULL),
    Listed("5.2.3", Cause.SIZE_OR_FORMAT),
    Listed("5.3.4", Cause.SIZE_OR_FORMAT),
    Listed("5.4.5", Cause.SENDING_LIMIT),
    Listed("5.4.6", Cause.ROUTING_LOOP),
    Listed("5.5.3", Cause.TOO_MANY_RECIPIENTS),
    Listed("5.6.0", Cause.SIZE_OR_FORMAT, vague=True),
    Listed("5.7.0", Cause.CONTENT_REFUSED, vague=True),
    Listed("5.7.8", Cause.SIGN_IN_REFUSED),
    Listed("5.7.9", Cause.SIGN_IN_REFUSED),
    Listed("5.7.24-27", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.28", Cause.SENDER_BLOCKED),
    Listed("5.7.29", Cause.TLS_PROBLEM),
    Listed("5.7.30-40", Cause.SENDER_AUTHENTICATION),
)
_OUTLOOK_COM = (
    Listed("4.7.500-699", Cause.SENDER_BLOCKED),
    Listed("5.1.10", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.2.2", Cause.MAILBOX_FULL),
    Listed("5.2.121", Cause.RECIPIENT_LIMIT),
    Listed("5.2.122", Cause.RECIPIENT_LIMIT),
    Listed("5.5.0", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.1", Cause.SENDER_BLOCKED, vague=True),
    Listed("5.7.509", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.515", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.606-649", Cause.SENDER_BLOCKED),
)
_YAHOO = (
    Listed("4.7.0", Cause.SENDER_BLOCKED, vague=True),
    Listed("4.7.1", Cause.SENDER_BLOCKED, vague=True),
    Listed("5.7.1", Cause.SENDER_BLOCKED, vague=True),
    Listed("5.7.2", Cause.SENDER_BLOCKED),
    Listed("5.7.9", Cause.SENDER_AUTHENTICATION),
)
_ICLOUD = (
    Listed("5.1.6", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.0", Cause.REJECTED_SPAM, vague=True),
    Listed("5.7.1", Cause.SENDER_BLOCKED, vague=True),
)
_DOCOMO = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND), Listed("5.2.0", Cause.SENDER_NOT_ALLOWED))
_AU = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),)
_SOFTBANK = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND), Listed("5.2.0", Cause.SENDER_NOT_ALLOWED))
_PROOFPOINT = (
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.0", Cause.REJECTED_REMOTE, vague=True),
)
_MIMECAST = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),)
_BARRACUDA = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),)
_IRONPORT = (
    Listed("5.1.0", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.1.8", Cause.SENDER_AUTHENTICATION),
    Listed("5.2.3", Cause.SIZE_OR_FORMAT),
    Listed("5.3.4", Cause.SIZE_OR_FORMAT),
)
_POSTFIX = (
    Listed("4.2.0", Cause.DELAYED, vague=True),
    Listed("4.7.25", Cause.SENDER_AUTHENTICATION),
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.1.8", Cause.SENDER_AUTHENTICATION),
    Listed("5.2.2", Cause.MAILBOX_FULL),
    Listed("5.3.4", Cause.SIZE_OR_FORMAT),
    Listed("5.4.4", Cause.UNREACHABLE),
    Listed("5.4.6", Cause.ROUTING_LOOP),
    Listed("5.7.23", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.25", Cause.SENDER_AUTHENTICATION),
)
_EXIM = (Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND),)
_STANDARD = (
    Listed("4.2.2", Cause.MAILBOX_FULL),
    Listed("4.3.1", Cause.DELAYED, vague=True),
    Listed("4.5.3", Cause.TOO_MANY_RECIPIENTS),
    Listed("4.7.25", Cause.SENDER_AUTHENTICATION),
    Listed("5.1.0", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.1.2", Cause.UNREACHABLE, vague=True),
    Listed("5.1.3", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.1.4", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.1.6", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.1.7", Cause.SIZE_OR_FORMAT, vague=True),
    Listed("5.1.8", Cause.SENDER_AUTHENTICATION),
    Listed("5.1.10", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.2.1", Cause.RECIPIENT_NOT_FOUND, vague=True),
    Listed("5.2.2", Cause.MAILBOX_FULL),
    Listed("5.2.3", Cause.SIZE_OR_FORMAT, vague=True),
    Listed("5.3.4", Cause.SIZE_OR_FORMAT),
    Listed("5.4.1", Cause.UNREACHABLE, vague=True),
    Listed("5.4.4", Cause.UNREACHABLE, vague=True),
    Listed("5.4.6", Cause.ROUTING_LOOP),
    Listed("5.4.7", Cause.EXPIRED, vague=True),
    Listed("5.5.3", Cause.TOO_MANY_RECIPIENTS),
    Listed("5.7.8", Cause.SIGN_IN_REFUSED),
    Listed("5.7.17", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.18", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.20-27", Cause.SENDER_AUTHENTICATION),
)

BY_VENDOR: Mapping[Vendor, tuple[Listed, ...]] = {
    Vendor.GMAIL: _GMAIL,
    Vendor.OUTLOOK_COM: _OUTLOOK_COM,
    Vendor.YAHOO: _YAHOO,
    Vendor.ICLOUD: _ICLOUD,
    Vendor.DOCOMO: _DOCOMO,
    Vendor.AU: _AU,
    Vendor.SOFTBANK: _SOFTBANK,
    Vendor.PROOFPOINT: _PROOFPOINT,
    Vendor.MIMECAST: _MIMECAST,
    Vendor.BARRACUDA: _BARRACUDA,
    Vendor.IRONPORT: _IRONPORT,
    Vendor.POSTFIX: _POSTFIX,
    Vendor.EXIM: _EXIM,
    Vendor.STANDARD: _STANDARD,
}
