"""Sentences of what went wrong, and what to do about it."""

from typing import Literal

FAULT_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    # Faults.
    "fault.summary": {"ja": "追跡できませんでした", "en": "The trace could not be run"},
    "fault.id": {"ja": "お問い合わせ番号: {id}", "en": "Reference: {id}"},
    "fault.could_not_look": {
        "ja": "検索できなかったため、該当するメールの有無はわかりません。",
        "en": "This could not be looked up. It does not mean that nothing was found.",
    },
    "fault.throttled.title": {
        "ja": "Exchange Online の問い合わせ制限に達しています",
        "en": "Exchange Online is limiting our requests",
    },
    "fault.throttled.what": {
        "ja": "{when}もう一度実行してください。条件は残っています。",
        "en": "{when} Then run it again; your conditions are kept.",
    },
    "fault.wait": {"ja": "{duration}ほど待ってから", "en": "Wait about {duration}."},
    "fault.wait_unknown": {"ja": "5 分ほど待ってから", "en": "Wait about five minutes."},
    "fault.not_permitted.title": {
        "ja": "ボットの権限が不足しています",
        "en": "The bot lacks a permission",
    },
    "fault.not_permitted.what": {
        "ja": "管理者に、アプリケーションの許可 {needed} と管理者の同意を依頼してください。",
        "en": "Ask an administrator to grant the application permission {needed} with admin consent.",
    },
    "fault.prerequisite_missing.title": {
        "ja": "テナントの準備が終わっていません",
        "en": "The tenant is not prepared yet",
    },
    "fault.prerequisite_missing.what": {
        "ja": "管理者がサービス プリンシパルを作成する必要があります。作成後、有効になるまで数時間かかることがあります: {command}",
        "en": "An administrator must create a service principal; it can take hours to take effect: {command}",
    },
    "fault.credentials_refused.title": {
        "ja": "ボットの資格情報が無効です",
        "en": "The bot's credentials are refused",
    },
    "fault.credentials_refused.what": {
        "ja": "{why}管理者に連絡してください。({code})",
        "en": "{why} Please tell an administrator. ({code})",
    },
    "credentials.expired": {
        "ja": "シークレットの有効期限が切れています。新しいシークレットが必要です。",
        "en": "The client secret has expired; a new one is needed.",
    },
    "credentials.token": {
        "ja": "Microsoft Graph がボットのサインインを受け付けません。",
        "en": "Microsoft Graph does not accept the bot's sign-in.",
    },
    "credentials.wrong": {"ja": "シークレットが違います。", "en": "The client secret is wrong."},
    "credentials.certificate": {
        "ja": "証明書がアプリに登録されていません。",
        "en": "The certificate is not registered with the app.",
    },
    "credentials.clock": {
        "ja": "サーバーの時計がずれています。",
        "en": "The server's clock is wrong.",
    },
    "credentials.settings": {
        "ja": "テナントまたはアプリの設定が違います。",
        "en": "The tenant or the app in the settings does not exist.",
    },
    "credentials.other": {"ja": "サインインできませんでした。", "en": "Signing in failed."},
    "fault.graph_unavailable.title": {
        "ja": "Exchange Online に接続できません",
        "en": "Exchange Online does not answer",
    },
    "fault.graph_unavailable.what": {
        "ja": "しばらくしてからもう一度実行してください。条件は残っています。",
        "en": "Try again in a little while; your conditions are kept.",
    },
    "fault.allowance_spent.title": {
        "ja": "1 回の質問で使える問い合わせ回数に達しました",
        "en": "This takes more requests than one question may use",
    },
    "fault.allowance_spent.what": {
        "ja": "もう一度試すか、条件を絞ってください。うまくいかないときはヘルプデスクにお問い合わせください。",
        "en": "Try again, or narrow the conditions. If that does not help, ask the help desk.",
    },
    "fault.graph_slow.title": {
        "ja": "Exchange Online の応答が間に合いませんでした",
        "en": "Exchange Online took too long to answer",
    },
    "fault.graph_slow.what": {
        "ja": "期間や条件を絞るか、しばらくしてからもう一度実行してください。条件は残っています。",
        "en": "Narrow the time or the conditions, or try again in a little while; your conditions are kept.",
    },
    "fault.graph_garbled.title": {
        "ja": "Exchange Online の応答が途中で途切れました",
        "en": "Exchange Online’s answer broke off",
    },
    "fault.graph_garbled.what": {
        "ja": "何度か取り直しましたが、最後まで読み取れませんでした。もう一度実行してください。条件は残っています。",
        "en": "It was asked for several times and could not be read to the end. Run it again; your conditions are kept.",
    },
    "fault.directory_refused.title": {
        "ja": "ディレクトリ (Entra ID) を確認できません",
        "en": "The directory cannot be checked",
    },
    "fault.directory_refused.what": {
        "ja": "誰が何を見てよいか確認できないため、何も表示しません。管理者に doctor の実行を依頼してください。(HTTP {status})",
        "en": "Who may see what is not known, so nothing is shown. Ask an administrator to run doctor. (HTTP {status})",
    },
    "fault.directory_refused.gone": {
        "ja": "設定 {setting} のグループが見つからないため、何も表示しません。管理者に設定の修正を依頼してください。",
        "en": "A group in the setting {setting} no longer exists, so nothing is shown. Ask an administrator to correct it.",
    },
    "fault.no_mail_domain.title": {
        "ja": "組織のメール ドメインがわかりません",
        "en": "No mail domain of the organization is known",
    },
    "fault.no_mail_domain.what": {
        "ja": "メールに使える確認済みドメインがテナントにないため、組織のメールを区別できません。管理者に設定 TRACE_DOMAINS を依頼してください。",
        "en": "No verified domain of the tenant carries mail, so the organization's own mail can't be told apart. Ask an administrator to set TRACE_DOMAINS.",
    },
    "fault.window_too_old.title": {"ja": "古すぎて追跡できません", "en": "That is too long ago"},
    "fault.window_too_old.what": {
        "ja": "追跡できるのは {oldest} 以降のメールです。",
        "en": "Traces reach back to {oldest}.",
    },
    "fault.empty_window.title": {"ja": "期間が正しくありません", "en": "That time range is empty"},
    "fault.empty_window.what": {
        "ja": "開始は終了より前、終了は現在までにしてください。",
        "en": "It must start before it ends, and not in the future.",
    },
    "fault.busy.title": {"ja": "ただいま混み合っています", "en": "The bot is busy"},
    "fault.busy.what": {
        "ja": "1 分ほどしてからもう一度お試しください。",
        "en": "Please try again in a minute.",
    },
    "fault.late.title": {"ja": "時間内に終わりませんでした", "en": "This took too long and was stopped"},
    "fault.late.what": {
        "ja": "期間や条件を絞るか、しばらくしてからもう一度お試しください。",
        "en": "Narrow the time or the conditions, or try again in a little while.",
    },
    "fault.unexpected.title": {"ja": "予期しない問題が起きました", "en": "Something unexpected happened"},
    "fault.unexpected.what": {
        "ja": "もう一度お試しください。続く場合は、下の番号をヘルプデスクにお伝えください。",
        "en": "Please try again. If it goes on, give the reference below to the help desk.",
    },
}
