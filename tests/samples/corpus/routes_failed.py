"""Routes of messages that failed: components of ours that say more than the code, and foreign servers' codes."""

from demo.events import dlp_rule, fail, malware, receive, submit, transport_rule
from tests.samples.corpus.routes import IN, OUT, SENT, Route, braces, by_status

ID = "f43f7263-2730-4217-aea6-e7a68a7951ec"
OURS, THEIRS = "ours", "theirs"
UNKNOWN_THERE, FULL_THERE = "recipient_not_found_remote", "mailbox_full_remote"
BLOCKED, LIMIT, REFUSED, SPAM = "sender_blocked", "sending_limit", "rejected_remote", "spam"
MACROS = transport_rule(2, "マクロ付き添付ファイルの禁止", ID)
CARDS = dlp_rule(2, "クレジットカード番号の送信を禁止", ID, "個人情報")
REJECTED = "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"


FAILED: tuple[Route, ...] = (
    # --- braces in replies ---
    Route(
        "braces around an id",
        "failed",
        (*SENT, braces("550 5.7.1 {2b0c7d9e-11aa} message blocked as spam")),
        SPAM,
        THEIRS,
        "5.7.1",
    ),
    Route(
        "braces around words",
        "failed",
        (*SENT, braces("550 5.1.1 {sato@partner.com} user unknown")),
        UNKNOWN_THERE,
        THEIRS,
        "5.1.1",
    ),
    Route(
        "braces at the end",
        "failed",
        (*SENT, braces("552 5.2.2 over quota {mailbox: sato; used: 100%}")),
        FULL_THERE,
        THEIRS,
        "5.2.2",
    ),
    Route(
        "a brace that is not closed",
        "failed",
        (*SENT, braces("554 5.7.1 rejected {policy")),
        REFUSED,
        THEIRS,
        "5.7.1",
    ),
    Route(
        "braces in Japanese",
        "failed",
        (*SENT, braces("550 5.7.1 {A-1024} 迷惑メールと判定されたため拒否しました")),
        SPAM,
        THEIRS,
        "5.7.1",
        japanese=True,
    ),
    # --- components of ours ---
    Route(
        "submission quota",
        "failed",
        (receive(), fail(1, "550 5.2.2 Submission quota exceeded", "Store Driver Submission")),
        LIMIT,
        OURS,
        "5.2.2",
    ),
    Route(
        "submission quota, by its component",
        "failed",
        (
            receive(),
            fail(
                1, "554 5.2.2 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; quota exceeded"
            ),
        ),
        LIMIT,
        OURS,
        "5.2.2",
    ),
    Route(
        "mailbox full here",
        "failed",
        (
            *IN,
            fail(
                3,
                "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
            ),
        ),
        "mailbox_full",
        OURS,
        "5.2.2",
    ),
    Route(
        "mailbox disabled here",
        "failed",
        (*IN, fail(3, "550 5.2.1 STOREDRV.Deliver.Exception:AccountDisabledException; mailbox disabled")),
        "recipient_disabled",
        OURS,
        "5.2.1",
        also=("recipient_not_found",),
    ),
    Route(
        "unknown here",
        "failed",
        (
            *IN,
            fail(
                1,
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
                "Resolver",
            ),
        ),
        "recipient_not_found",
        OURS,
        "5.1.10",
    ),
    Route(
        "hourly limit of a recipient here",
        "failed",
        (
            *IN,
            fail(
                1,
                "550 5.2.121 Recipient's per hour message receive limit from specific sender exceeded.",
            ),
        ),
        "recipient_limit",
        OURS,
        "5.2.121",
        also=(LIMIT,),
    ),
    Route(
        "a forwarding loop in the directory",
        "failed",
        (*IN, fail(1, "550 5.4.6 RESOLVER.FWD.Loop; there is a forwarding loop configured in the directory")),
        "routing_loop",
        OURS,
        "5.4.6",
    ),
    Route(
        "a broken group",
        "failed",
        (
            receive(),
            submit(),
            fail(1, "550 5.2.0 RESOLVER.GRP.InvalidObject; the group's directory object is misconfigured"),
        ),
        "other",
        OURS,
        "5.2.0",
        also=("recipient_not_found", "sender_not_allowed", "size_or_format", "remote_fault", REFUSED),
        note="our directory is wrong; the reply is shown",
    ),
    Route(
        "not allowed to a group",
        "failed",
        (receive(), submit(), fail(2, "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "Resolver")),
        "sender_not_allowed",
        OURS,
        "5.7.1",
    ),
    Route(
        "not allowed to a room",
        "failed",
        (*IN, fail(2, "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required")),
        "sender_not_allowed",
        OURS,
        "5.7.134",
    ),
    Route(
        "too large for a recipient",
        "failed",
        (*OUT, fail(2, "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient")),
        "size_or_format",
        OURS,
        "5.2.3",
    ),
    Route(
        "Direct Send",
        "failed",
        (
            receive(ip="192.0.2.77", host="printer.contoso.co.jp"),
            fail(
                1,
                "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
            ),
        ),
        "direct_send_refused",
        OURS,
        "5.7.68",
    ),
    Route(
        "external forwarding",
        "failed",
        (
            *IN,
            fail(
                3, "550 5.7.520 Access denied, Your organization does not allow external forwarding. AS(7555)"
            ),
        ),
        "forwarding_blocked",
        OURS,
        "5.7.520",
    ),
    Route(
        "tenant over its threshold",
        "failed",
        (receive(), fail(1, "550 5.7.705 Access denied, tenant has exceeded threshold")),
        LIMIT,
        OURS,
        "5.7.705",
        also=(BLOCKED,),
    ),
    Route(
        "account sends spam",
        "failed",
        (receive(), fail(1, "550 5.1.8 Access denied, bad outbound sender AS(42003)")),
        BLOCKED,
        OURS,
        "5.1.8",
    ),
    Route(
        "block list of ours",
        "failed",
        (
            *OUT,
            fail(2, "550 5.7.703 Your message can't be delivered because one or more recipients are blocked"),
        ),
        "blocked_tenant_list",
        OURS,
        "5.7.703",
    ),
    Route(
        "a rule, in Japanese",
        "failed",
        (*OUT, MACROS, fail(3, REJECTED)),
        "blocked_rule",
        OURS,
        "5.7.1",
        rule="マクロ付き添付ファイルの禁止",
        japanese=True,
    ),
    Route(
        "a rule with a text of its own",
        "failed",
        (*OUT, MACROS, fail(3, "550 5.7.1 TRANSPORT.RULES.RejectMessage; マクロ付きファイルは送れません")),
        "blocked_rule",
        OURS,
        "5.7.1",
        rule="マクロ付き添付ファイルの禁止",
        japanese=True,
    ),
    Route(
        "a rule with a code of its own",
        "failed",
        (*OUT, MACROS, fail(3, "550 5.7.950 社外秘のため送信できません")),
        "blocked_rule",
        OURS,
        "5.7.950",
        rule="マクロ付き添付ファイルの禁止",
        japanese=True,
    ),
    Route(
        "DLP, in Japanese",
        "failed",
        (*OUT, CARDS, fail(3, "550 5.7.171 Delivery not authorized, message refused", "DLP Policy Agent")),
        "blocked_dlp",
        OURS,
        "5.7.171",
        rule="クレジットカード番号の送信を禁止",
        japanese=True,
    ),
    Route(
        "malware here",
        "failed",
        (*IN, malware(2, "Reject", "Trojan.Test"), fail(3, "550 5.7.1 malware")),
        "malware",
        "",
        "5.7.1",
    ),
    Route(
        "in RecipientStatus alone",
        "failed",
        (*IN, by_status(3, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")),
        "recipient_not_found",
        OURS,
        "5.1.10",
    ),
)
