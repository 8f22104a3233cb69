"""Why a look on record showed nothing, in the few words that an auditor reads: Japanese beside English.

The last part of a key is the code that stands in the record, and in a file made of it.
"""

from typing import Literal

AUDIT_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "audit.outcome.unknown": {"ja": "社員として確認できない方", "en": "not known as an employee"},
    "audit.outcome.not_yours": {"ja": "本人のメールではない", "en": "not their own mail"},
    "audit.outcome.no_mailbox": {"ja": "メール アドレスがない", "en": "no address of their own"},
    "audit.outcome.too_old": {"ja": "本人のメールでも古すぎる期間", "en": "further back than own mail goes"},
    "audit.outcome.not_helpdesk": {"ja": "ヘルプデスク以外の方", "en": "not of the help desk"},
    "audit.outcome.auditors_only": {"ja": "監査担当者以外の方", "en": "not an auditor"},
    "audit.outcome.no_mail": {"ja": "監査担当者はメールを見られない", "en": "auditors read no mail"},
    "audit.outcome.ticket": {"ja": "保護対象でチケットなし", "en": "protected, and no ticket"},
    "audit.outcome.bad_ticket": {"ja": "チケットの番号ではない", "en": "not a ticket number"},
    "audit.outcome.unseen": {
        "ja": "本人に表示されない項目での検索",
        "en": "asked by a field they are not shown",
    },
    "audit.outcome.not_a_place": {"ja": "1:1 チャットでは使えない", "en": "nothing for a 1:1"},
    "audit.outcome.outsiders": {"ja": "ゲストや社外の方がいる場所", "en": "guests or outsiders are there"},
    "audit.outcome.already_configured": {
        "ja": "設定ですでに承認されている",
        "en": "already approved in the settings",
    },
    "audit.outcome.full": {"ja": "承認できる場所の上限", "en": "too many places are approved"},
    "audit.outcome.configured": {"ja": "設定で承認された場所", "en": "approved in the settings"},
    "audit.outcome.not_approved": {"ja": "承認されていない場所", "en": "the place was not approved"},
    "audit.outcome.WindowTooOld": {"ja": "履歴より古い期間", "en": "older than the history"},
    "audit.outcome.EmptyWindow": {"ja": "期間が空", "en": "an empty time range"},
    "audit.outcome.Throttled": {"ja": "混雑のため読めず", "en": "could not be read: too many requests"},
    "audit.outcome.NotPermitted": {
        "ja": "権限不足で読めず",
        "en": "could not be read: a permission is missing",
    },
    "audit.outcome.PrerequisiteMissing": {
        "ja": "準備不足で読めず",
        "en": "could not be read: a prerequisite is missing",
    },
    "audit.outcome.CredentialsRefused": {
        "ja": "資格情報の問題で読めず",
        "en": "could not be read: the credentials were refused",
    },
    "audit.outcome.GraphUnavailable": {"ja": "Graph に接続できず", "en": "could not be read: no connection"},
    "audit.outcome.AllowanceSpent": {
        "ja": "1 回の質問の上限に達した",
        "en": "more requests than one question may use",
    },
    "audit.outcome.GraphSlow": {"ja": "Graph の応答が遅く読めず", "en": "could not be read: too slow"},
    "audit.outcome.GraphGarbled": {
        "ja": "Graph の応答が壊れて読めず",
        "en": "could not be read: a garbled answer",
    },
    "audit.outcome.DirectoryRefused": {
        "ja": "ディレクトリを確認できなかった",
        "en": "could not be read: the directory refused",
    },
    "audit.outcome.NoMailDomain": {
        "ja": "組織のメール ドメインが不明",
        "en": "could not be read: no mail domain is known",
    },
    "audit.outcome.GraphRefused": {"ja": "Graph に拒否された", "en": "could not be read: Graph refused"},
}
