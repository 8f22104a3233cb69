"""What an examination of the installation says, Japanese beside English; for administrators.

`.what` is what was found; where it is not in order, `.fails` is what does not work, `.do` what to do.
"""

from typing import Literal

DOCTOR_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "doctor.title": {"ja": "導入状態の診断", "en": "Examination of the installation"},
    "doctor.summary.fault": {
        "ja": "診断: 直す必要があるものがあります",
        "en": "Examination: something needs mending",
    },
    "doctor.summary.warning": {
        "ja": "診断: 注意が必要なものがあります",
        "en": "Examination: something wants attention",
    },
    "doctor.summary.note": {"ja": "診断: 問題は見つかりませんでした", "en": "Examination: nothing is wrong"},
    "doctor.summary.fine": {"ja": "診断: すべて正常です", "en": "Examination: all is well"},
    "doctor.lead.fault": {"ja": "直す必要があるものがあります。", "en": "Something needs mending."},
    "doctor.lead.warning": {
        "ja": "動いていますが、注意が必要なものがあります。",
        "en": "It works, but something wants attention.",
    },
    "doctor.lead.note": {
        "ja": "問題は見つかりませんでした。確認できなかったものがあります。",
        "en": "Nothing is wrong; some things could not be seen.",
    },
    "doctor.lead.fine": {"ja": "すべて正常です。", "en": "All is well."},
    "doctor.fine": {"ja": "正常なもの", "en": "In order"},
    "doctor.again": {"ja": "もう一度診断", "en": "Examine again"},
    "doctor.credential.secret": {"ja": "クライアント シークレット", "en": "client secret"},
    "doctor.credential.certificate": {"ja": "証明書", "en": "certificate"},
    "doctor.why.name_unresolved": {
        "ja": "名前を解決できません (DNS)",
        "en": "the name does not resolve (DNS)",
    },
    "doctor.why.connection_refused": {"ja": "接続が拒否されました", "en": "the connection was refused"},
    "doctor.why.timeout": {"ja": "応答がありません", "en": "no answer in time"},
    "doctor.why.tls_failed": {"ja": "TLS または証明書の問題です", "en": "TLS or the certificate failed"},
    "doctor.step": {"ja": "docs/install.md の手順 {step}", "en": "step {step} of docs/install.md"},
    "doctor.fails": {"ja": "影響", "en": "What fails"},
    "doctor.do": {"ja": "対処", "en": "What to do"},
    # What is examined.
    "doctor.check.settings": {"ja": "設定", "en": "Settings"},
    "doctor.check.database": {"ja": "データベース", "en": "Database"},
    "doctor.check.login": {"ja": "Microsoft Graph へのサインイン", "en": "Sign-in to Microsoft Graph"},
    "doctor.check.roles": {"ja": "アクセス許可", "en": "Permissions"},
    "doctor.check.tenant": {"ja": "テナント", "en": "Tenant"},
    "doctor.check.principal": {
        "ja": "追跡サービスのサービス プリンシパル",
        "en": "Service principal of the trace service",
    },
    "doctor.check.trace": {"ja": "メッセージ追跡", "en": "Message trace"},
    "doctor.check.behaviour": {"ja": "追跡サービスの動作", "en": "How the trace service behaves"},
    "doctor.check.users": {"ja": "ユーザー", "en": "People"},
    "doctor.check.groups": {"ja": "Entra のグループ", "en": "Entra groups"},
    "doctor.check.domains": {"ja": "メール ドメイン", "en": "Mail domains"},
    "doctor.check.connector": {"ja": "Teams へのサインイン", "en": "Sign-in to Teams"},
    "doctor.check.keys": {"ja": "Bot Framework の署名鍵", "en": "Bot Framework's signing keys"},
    "doctor.check.expiry": {"ja": "資格情報の有効期限", "en": "Expiry of the credentials"},
    "doctor.check.clock": {"ja": "時計", "en": "Clock"},
    "doctor.check.endpoint": {"ja": "メッセージング エンドポイント", "en": "Messaging endpoint"},
    "doctor.check.teams": {"ja": "Teams からの接続", "en": "Reached from Teams"},
    # Settings and database.
    "doctor.settings_fine.what": {"ja": "設定はそろっています。", "en": "The settings are complete."},
    "doctor.settings_wrong.what": {
        "ja": "設定に不足または誤りがあります: {why}",
        "en": "A setting is missing or wrong: {why}",
    },
    "doctor.settings_wrong.fails": {"ja": "ボットは起動しません。", "en": "The bot does not start."},
    "doctor.settings_wrong.do": {
        "ja": "環境変数または .env に設定してください。.env.example にすべての設定があります。",
        "en": "Set it in the environment or in .env; .env.example has every setting.",
    },
    "doctor.database_current.what": {"ja": "テーブルは最新です。", "en": "The tables are up to date."},
    "doctor.database_new.what": {
        "ja": "テーブルはまだありません。起動時に作られます。",
        "en": "There are no tables yet; the start makes them.",
    },
    "doctor.database_old.what": {
        "ja": "テーブルは起動時に更新されます。",
        "en": "The start brings the tables up to date.",
    },
    "doctor.database_newer.what": {
        "ja": "テーブルがこの版より新しいものです。",
        "en": "The tables are of a later version of this program.",
    },
    "doctor.database_newer.fails": {"ja": "ボットは起動しません。", "en": "The bot does not start."},
    "doctor.database_newer.do": {
        "ja": "新しい版のボットを使うか、バックアップから戻してください。",
        "en": "Run the later version, or bring back a backup.",
    },
    "doctor.database_unusable.what": {
        "ja": "データベースを使えません: {why}",
        "en": "The database cannot be used: {why}",
    },
    "doctor.database_unusable.fails": {"ja": "ボットは起動しません。", "en": "The bot does not start."},
    "doctor.database_unusable.do": {
        "ja": "TRACE_DATABASE_URL と、その場所への書き込み権限を確認してください。",
        "en": "Check TRACE_DATABASE_URL, and that the place may be written to.",
    },
    "doctor.database_damaged.what": {
        "ja": "データベースが破損しています: {why}",
        "en": "The database is damaged: {why}",
    },
    "doctor.database_damaged.fails": {
        "ja": "破損した部分を使う操作は失敗します。再起動すると、ボットは起動しないことがあります。",
        "en": "Whatever needs the damaged part fails, and the bot may not start again.",
    },
    "doctor.database_damaged.do": {
        "ja": "ボットを停止し、データベースをバックアップから戻して、もう一度起動してください。",
        "en": "Stop the bot, restore a backup of the database, and start it again.",
    },
    "doctor.database_full.what": {
        "ja": "データベースに空き容量がありません: {why}",
        "en": "The database has no room left: {why}",
    },
    "doctor.database_full.fails": {
        "ja": "何も記録できないため、新しい追跡も表示されません。",
        "en": "Nothing can be recorded, and so nothing new is shown.",
    },
    "doctor.database_full.do": {
        "ja": "データベースがあるディスクの空き容量を増やしてください。再起動は不要です。",
        "en": "Free up space on the database's disk. The bot does not need a restart.",
    },
    "doctor.spool_refused.what": {
        "ja": "TRACE_SPOOL_DIR のフォルダーは使えません: {why}",
        "en": "The folder in TRACE_SPOOL_DIR cannot be used: {why}",
    },
    "doctor.spool_refused.fails": {"ja": "ボットは起動しません。", "en": "The bot does not start."},
    "doctor.spool_refused.do": {
        "ja": "ボットのアカウントだけが使えるフォルダー (モード 0700) を指定してください。",
        "en": "Name a folder that the bot's account alone may use (mode 0700).",
    },
    # Signing in.
    "doctor.login_fine.what": {"ja": "トークンを取得できました。", "en": "A token was given."},
    "doctor.login_none.what": {
        "ja": "サインインせずに動いています (デモ)。",
        "en": "This runs without signing in (the demonstration).",
    },
    "doctor.login_none.fails": {
        "ja": "アクセス許可と有効期限は確認できません。",
        "en": "Permissions and expiry cannot be seen.",
    },
    "doctor.login_none.do": {
        "ja": "本番では MicrosoftAppId を設定します。",
        "en": "In a real tenant MicrosoftAppId is set.",
    },
    "doctor.login_expired.what": {
        "ja": "クライアント シークレットの有効期限が切れています ({code})。",
        "en": "The client secret has expired ({code}).",
    },
    "doctor.login_expired.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_expired.do": {
        "ja": "アプリの登録で新しいシークレットを作り、その「値」を設定してください。",
        "en": "Make a new secret in the app registration and set its value.",
    },
    "doctor.login_wrong.what": {
        "ja": "クライアント シークレットが違います ({code})。",
        "en": "The client secret is wrong ({code}).",
    },
    "doctor.login_wrong.fails": {"ja": "追跡も返信もできません。", "en": "Neither traces nor answers work."},
    "doctor.login_wrong.do": {
        "ja": "シークレットの ID ではなく「値」を設定してください。わからなければ作り直します。",
        "en": "Set the secret's value, not its id; if it is lost, make another.",
    },
    "doctor.login_certificate.what": {
        "ja": "証明書がアプリに登録されていません ({code})。",
        "en": "The certificate is not registered with the app ({code}).",
    },
    "doctor.login_certificate.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.login_certificate.do": {
        "ja": "アプリの登録の「証明書とシークレット」に公開部分をアップロードしてください。",
        "en": "Upload its public part under Certificates & secrets of the app registration.",
    },
    "doctor.login_certificate_file.what": {
        "ja": "証明書のファイルを読めません。",
        "en": "The certificate's file cannot be read.",
    },
    "doctor.login_certificate_file.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.login_certificate_file.do": {
        "ja": "TRACE_CERTIFICATE_PATH に、パスフレーズのない秘密鍵と証明書を 1 つの PEM にして置いてください。",
        "en": "Put private key, without a passphrase, and certificate into one PEM at TRACE_CERTIFICATE_PATH.",
    },
    "doctor.login_clock.what": {
        "ja": "サインインの時刻が合いません ({code})。",
        "en": "The sign-in is out of its valid time ({code}).",
    },
    "doctor.login_clock.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.login_clock.do": {
        "ja": "このサーバーの時計を合わせてください。",
        "en": "Set this host's clock right.",
    },
    "doctor.login_no_tenant.what": {
        "ja": "テナントが見つかりません ({code})。",
        "en": "There is no such tenant ({code}).",
    },
    "doctor.login_no_tenant.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_no_tenant.do": {
        "ja": "MicrosoftAppTenantId (または TRACE_TENANT_ID) を確認してください。",
        "en": "Check MicrosoftAppTenantId, or TRACE_TENANT_ID.",
    },
    "doctor.login_no_app.what": {
        "ja": "このテナントにアプリの登録がありません ({code})。",
        "en": "The tenant has no such app registration ({code}).",
    },
    "doctor.login_no_app.fails": {"ja": "追跡も返信もできません。", "en": "Neither traces nor answers work."},
    "doctor.login_no_app.do": {
        "ja": "アプリを登録し、アプリケーション (クライアント) ID を MicrosoftAppId (または TRACE_CLIENT_ID) に設定してください。",
        "en": "Register the app, and set its application (client) id as MicrosoftAppId, or TRACE_CLIENT_ID.",
    },
    "doctor.login_refused.what": {
        "ja": "サインインが拒否されました ({code})。",
        "en": "The sign-in was refused ({code}).",
    },
    "doctor.login_refused.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_refused.do": {
        "ja": "コードを Microsoft の「認証エラー コード」で調べてください。",
        "en": "Look the code up in Microsoft's list of authentication error codes.",
    },
    "doctor.login_unreachable.what": {
        "ja": "サインインのサービスに接続できません: {why}",
        "en": "The sign-in service cannot be reached: {why}",
    },
    "doctor.login_unreachable.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_unreachable.do": {
        "ja": "login.microsoftonline.com への通信、プロキシ、TLS の証明書を確認してください。",
        "en": "Check the way out to login.microsoftonline.com, the proxy, and its TLS certificate.",
    },
    "doctor.login_identity.what": {
        "ja": "このホストには、そのマネージド ID がありません ({code})。",
        "en": "This host has no such managed identity ({code}).",
    },
    "doctor.login_identity.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_identity.do": {
        "ja": "ユーザー割り当てマネージド ID をホストに割り当て、そのクライアント ID を MicrosoftAppId または TRACE_FEDERATED_IDENTITY に設定してください。",
        "en": "Assign the user-assigned identity to the host, and set its client id as MicrosoftAppId or TRACE_FEDERATED_IDENTITY.",
    },
    "doctor.login_no_host.what": {
        "ja": "マネージド ID のトークンを、このホストから取得できません: {why}",
        "en": "This host gives no tokens of managed identities: {why}",
    },
    "doctor.login_no_host.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_no_host.do": {
        "ja": "マネージド ID は Azure の上でだけ使えます。ほかの場所では、シークレット、証明書、またはフェデレーション トークンのファイルを使ってください。",
        "en": "Managed identities exist on Azure alone. Elsewhere use a secret, a certificate, or a file with a federated token.",
    },
    "doctor.login_federated_file.what": {
        "ja": "フェデレーション トークンのファイルを読めません。",
        "en": "The file with the federated token cannot be read.",
    },
    "doctor.login_federated_file.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_federated_file.do": {
        "ja": "AZURE_FEDERATED_TOKEN_FILE のファイルがあり、このプロセスから読めるかを確認してください。",
        "en": "Check that the file AZURE_FEDERATED_TOKEN_FILE is there, and that this process may read it.",
    },
    "doctor.login_federation.what": {
        "ja": "アプリの登録が、このトークンを信頼していません ({code})。トークンの発行者: {issuer}、サブジェクト: {subject}、対象ユーザー: {audience}",
        "en": "The app registration does not trust this token ({code}). Its issuer: {issuer}, subject: {subject}, audience: {audience}",
    },
    "doctor.login_federation.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_federation.do": {
        "ja": "アプリの登録の「証明書とシークレット」→「フェデレーション資格情報」に、この 3 つをそのまま登録してください。",
        "en": "Under Certificates & secrets → Federated credentials of the app registration, put these three exactly.",
    },
    "doctor.login_federation_identity.what": {
        "ja": "アプリの登録が、このマネージド ID を信頼していません ({code})。",
        "en": "The app registration does not trust this managed identity ({code}).",
    },
    "doctor.login_federation_identity.fails": {
        "ja": "追跡も返信もできません。",
        "en": "Neither traces nor answers work.",
    },
    "doctor.login_federation_identity.do": {
        "ja": "アプリの登録の「証明書とシークレット」→「フェデレーション資格情報」に、このマネージド ID を追加してください。",
        "en": "Add the identity under Certificates & secrets → Federated credentials of the app registration.",
    },
    # Permissions and tenant.
    "doctor.roles_fine.what": {"ja": "必要な許可はすべてあります。", "en": "All that is needed is granted."},
    "doctor.roles_unread.what": {
        "ja": "トークンの許可を読み取れませんでした。",
        "en": "The token's permissions could not be read.",
    },
    "doctor.roles_unread.fails": {
        "ja": "足りない許可があっても、ここではわかりません。",
        "en": "What may be missing cannot be said here.",
    },
    "doctor.roles_unread.do": {"ja": "下の結果で判断してください。", "en": "Go by the other findings."},
    "doctor.role_trace.what": {"ja": "{role} の許可がありません。", "en": "{role} is not granted."},
    "doctor.role_trace.fails": {"ja": "追跡はいっさいできません。", "en": "No trace works."},
    "doctor.role_trace.do": {
        "ja": "「アプリケーションの許可」として追加し、管理者の同意を与えてください。「委任された許可」では足りません。",
        "en": "Add it as an application permission and grant admin consent; a delegated one does not count.",
    },
    "doctor.role_users.what": {"ja": "{role} の許可がありません。", "en": "{role} is not granted."},
    "doctor.role_users.fails": {
        "ja": "質問した人がわからないため、何も答えられません。",
        "en": "Nobody can be recognized, so nothing is answered.",
    },
    "doctor.role_users.do": {
        "ja": "「アプリケーションの許可」として追加し、管理者の同意を与えてください。",
        "en": "Add it as an application permission and grant admin consent.",
    },
    "doctor.role_groups.what": {"ja": "{role} の許可がありません。", "en": "{role} is not granted."},
    "doctor.role_groups.fails": {
        "ja": "ヘルプデスクかどうかわからないため、何も答えられません。",
        "en": "Nobody can be told from the help desk, so nothing is answered.",
    },
    "doctor.role_groups.do": {
        "ja": "「アプリケーションの許可」として追加し、管理者の同意を与えてください。",
        "en": "Add it as an application permission and grant admin consent.",
    },
    "doctor.role_organization.what": {"ja": "{role} の許可がありません。", "en": "{role} is not granted."},
    "doctor.role_organization.fails": {
        "ja": "メールの方向がわからず、「送信済み」「受信済み」の追跡ができません。",
        "en": "Directions are unknown; “sent” and “received” do not work.",
    },
    "doctor.role_organization.do": {
        "ja": "許可を追加して同意を与えるか、TRACE_DOMAINS にドメインを設定してください。",
        "en": "Grant it, or name the domains in TRACE_DOMAINS instead.",
    },
    "doctor.tenant_fine.what": {
        "ja": "設定したテナントのトークンです。",
        "en": "The token is of the tenant that is set.",
    },
    "doctor.tenant_other.what": {
        "ja": "トークンが別のテナントのものです: {found} (設定は {wanted})",
        "en": "The token is of another tenant: {found}, where {wanted} is set.",
    },
    "doctor.tenant_other.fails": {
        "ja": "別の組織のメールを調べることになります。",
        "en": "Another organization's mail would be traced.",
    },
    "doctor.tenant_other.do": {
        "ja": "MicrosoftAppTenantId と TRACE_TENANT_ID を確認してください。",
        "en": "Check MicrosoftAppTenantId and TRACE_TENANT_ID.",
    },
    # The service principal and the trace.
    "doctor.principal_fine.what": {"ja": "有効です。", "en": "It is there, and in effect."},
    "doctor.principal_missing.what": {
        "ja": "サービス プリンシパル {app_id} がありません。",
        "en": "The service principal {app_id} is missing.",
    },
    "doctor.principal_missing.fails": {"ja": "追跡はいっさいできません。", "en": "No trace works."},
    "doctor.principal_missing.do": {"ja": "作成してください: {command}", "en": "Create it: {command}"},
    "doctor.principal_propagating.what": {
        "ja": "サービス プリンシパル {app_id} はまだ有効になっていません。",
        "en": "The service principal {app_id} is not in effect yet.",
    },
    "doctor.principal_propagating.fails": {"ja": "追跡はまだできません。", "en": "No trace works yet."},
    "doctor.principal_propagating.do": {
        "ja": "作成から数時間かかることがあります。待ってからもう一度診断してください。一日たっても変わらなければ確認してください: {command}",
        "en": "It can take hours after it was created: wait, then examine again. If a day changes nothing, check that it exists: {command}",
    },
    "doctor.principal_unseen.what": {
        "ja": "サービス プリンシパル {app_id} がないか、まだ有効になっていません。",
        "en": "The service principal {app_id} is missing, or not in effect yet.",
    },
    "doctor.principal_unseen.fails": {"ja": "追跡はいっさいできません。", "en": "No trace works."},
    "doctor.principal_unseen.do": {
        "ja": "まだなら作成してください: {command} 作成済みなら数時間待ってください。",
        "en": "Create it unless that was done: {command} Then it can take hours.",
    },
    "doctor.principal_unknown.what": {
        "ja": "追跡できないため、有効かどうかわかりません。",
        "en": "As no trace works, it cannot be told.",
    },
    "doctor.principal_unknown.fails": {
        "ja": "ほかが直っても追跡できないかもしれません。",
        "en": "Traces may still fail once the rest is mended.",
    },
    "doctor.principal_unknown.do": {
        "ja": "まだなら作成してください: {command}",
        "en": "Create it unless that was done: {command}",
    },
    "doctor.trace_fine.what": {"ja": "メールの一覧を取得できました。", "en": "Mail could be listed."},
    "doctor.trace_blocked.what": {
        "ja": "Microsoft Graph が追跡を許可しません。",
        "en": "Microsoft Graph does not let us trace.",
    },
    "doctor.trace_blocked.fails": {"ja": "追跡はいっさいできません。", "en": "No trace works."},
    "doctor.trace_blocked.do": {
        "ja": "アクセス許可とサービス プリンシパルの項目を見てください。",
        "en": "See the findings on permissions and on the service principal.",
    },
    "doctor.trace_throttled.what": {
        "ja": "問い合わせの上限に達しています。",
        "en": "The tenant's requests are used up for the moment.",
    },
    "doctor.trace_throttled.fails": {"ja": "しばらく追跡できません。", "en": "Traces have to wait."},
    "doctor.trace_throttled.do": {
        "ja": "5 分待ってください。続くなら、同じテナントで追跡を使うほかのツールを調べてください。",
        "en": "Wait five minutes. If it goes on, look for other tools that trace in this tenant.",
    },
    "doctor.trace_token.what": {
        "ja": "Microsoft Graph が新しいトークンを受け付けません。",
        "en": "Microsoft Graph refuses a fresh token.",
    },
    "doctor.trace_token.fails": {"ja": "追跡はいっさいできません。", "en": "No trace works."},
    "doctor.trace_token.do": {
        "ja": "テナントと、TRACE_GRAPH_URL がグローバル クラウドのものかを確認してください。",
        "en": "Check the tenant, and that TRACE_GRAPH_URL is the worldwide cloud's.",
    },
    "doctor.trace_unavailable.what": {
        "ja": "Microsoft Graph から応答がありません: {why}",
        "en": "Microsoft Graph does not answer: {why}",
    },
    "doctor.trace_unavailable.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.trace_unavailable.do": {
        "ja": "graph.microsoft.com への通信と、サービスの稼働状況を確認してください。",
        "en": "Check the way out to graph.microsoft.com, and the service health.",
    },
    "doctor.trace_ours.what": {
        "ja": "Microsoft Graph が問い合わせを受け付けませんでした: {why}",
        "en": "Microsoft Graph does not take our request: {why}",
    },
    "doctor.trace_ours.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.trace_ours.do": {
        "ja": "このプログラムの不具合です。上の文を添えて報告してください。",
        "en": "That is a fault of this program: report it with the text above.",
    },
    "doctor.trace_too_old.what": {
        "ja": "Microsoft Graph が期間を古すぎるとしています: {why}",
        "en": "Microsoft Graph takes the time range for too old: {why}",
    },
    "doctor.trace_too_old.fails": {"ja": "追跡できません。", "en": "Traces do not work."},
    "doctor.trace_too_old.do": {
        "ja": "このサーバーの時計を確認してください。",
        "en": "Check this host's clock.",
    },
    # What the planner relies on.
    "doctor.behaviour_fine.what": {"ja": "これまでの測定どおりです。", "en": "It is as it was measured."},
    "doctor.behaviour_unasked.what": {
        "ja": "確かめるためのメールが足りません。",
        "en": "There is too little mail to look at.",
    },
    "doctor.behaviour_unasked.fails": {
        "ja": "過去 2 日に宛先が 2 つ以上あれば確かめられます。",
        "en": "Two recipients within two days would be enough.",
    },
    "doctor.behaviour_unasked.do": {
        "ja": "メールが届いてからもう一度診断してください。",
        "en": "Examine again once there is mail.",
    },
    "doctor.behaviour_order.what": {
        "ja": "一覧が新しい順ではなくなりました。",
        "en": "Lists no longer come newest first.",
    },
    "doctor.behaviour_order.fails": {
        "ja": "件数の多い追跡で、新しいメールが漏れることがあります。",
        "en": "Large traces may miss newer mail.",
    },
    "doctor.behaviour_order.do": {
        "ja": "新しい版を確認し、なければ報告してください。",
        "en": "Look for a newer version; if there is none, report it.",
    },
    "doctor.behaviour_sender.what": {
        "ja": "送信者の {pattern} が、そのドメインのメールを返さなくなりました。",
        "en": "The sender {pattern} no longer finds that domain's mail alone.",
    },
    "doctor.behaviour_sender.fails": {
        "ja": "ドメインを指定した追跡が空になったり、時間がかかったりします。",
        "en": "Traces of a domain may find nothing, or take long.",
    },
    "doctor.behaviour_sender.do": {
        "ja": "新しい版を確認し、なければ報告してください。それまではアドレスを指定してください。",
        "en": "Look for a newer version; if there is none, report it. Until then, name whole addresses.",
    },
    "doctor.behaviour_recipient.what": {
        "ja": "受信者の {pattern} が、そのドメインのメールを返さなくなりました。",
        "en": "The recipient {pattern} no longer finds that domain's mail alone.",
    },
    "doctor.behaviour_recipient.fails": {
        "ja": "ドメインを指定した追跡が空になったり、時間がかかったりします。",
        "en": "Traces of a domain may find nothing, or take long.",
    },
    "doctor.behaviour_recipient.do": {
        "ja": "新しい版を確認し、なければ報告してください。それまではアドレスを指定してください。",
        "en": "Look for a newer version; if there is none, report it. Until then, name whole addresses.",
    },
    "doctor.behaviour_values.what": {
        "ja": "1 回の問い合わせで複数の値を指定したときの動作が変わりました。",
        "en": "Several values in one request no longer work as they did.",
    },
    "doctor.behaviour_values.fails": {"ja": "追跡に影響はありません。", "en": "Traces do not depend on it."},
    "doctor.behaviour_values.do": {
        "ja": "問い合わせを減らせるかもしれません。報告していただけると助かります。",
        "en": "Requests could be saved: a report is welcome.",
    },
    # The directory.
    "doctor.users_fine.what": {"ja": "ユーザーを読み取れます。", "en": "People can be read."},
    "doctor.users_failed.what": {
        "ja": "ユーザーを読み取れません: {why}",
        "en": "People cannot be read: {why}",
    },
    "doctor.users_failed.fails": {
        "ja": "質問した人がわからないため、何も答えられません。",
        "en": "Nobody can be recognized, so nothing is answered.",
    },
    "doctor.users_failed.do": {
        "ja": "User.Read.All の同意を確認してください。",
        "en": "Check the consent to User.Read.All.",
    },
    "doctor.groups_fine.what": {"ja": "{count} 個のグループを確認しました。", "en": "Found: {count}."},
    "doctor.groups_none.what": {
        "ja": "ヘルプデスクのグループが設定されていません。",
        "en": "No help desk group is set.",
    },
    "doctor.groups_none.fails": {
        "ja": "誰もほかの人のメールを調べられません。",
        "en": "Nobody can trace other people's mail.",
    },
    "doctor.groups_none.do": {
        "ja": "グループのオブジェクト ID を TRACE_HELPDESK_GROUPS に設定してください。",
        "en": "Set a group's object id in TRACE_HELPDESK_GROUPS.",
    },
    "doctor.group_missing.what": {
        "ja": "{setting} のグループ {group} が見つかりません。",
        "en": "There is no group {group}, which {setting} names.",
    },
    "doctor.group_missing.fails": {
        "ja": "誰もこのグループの人として扱われません。TRACE_PROTECTED_GROUPS の場合は、誰も追跡できません。",
        "en": "Nobody counts as one of its members. If it is in TRACE_PROTECTED_GROUPS, nobody can trace.",
    },
    "doctor.group_missing.do": {
        "ja": "{setting} に、いまあるグループのオブジェクト ID を設定してください (名前ではありません)。",
        "en": "Set object ids of groups that exist in {setting}, not names.",
    },
    "doctor.group_empty.what": {
        "ja": "{setting} のグループ {group} に、読み取れるメンバーがいません。",
        "en": "No member of group {group} in {setting} can be read.",
    },
    "doctor.group_empty.fails": {
        "ja": "誰もこのグループの人として扱われません。保護対象のグループの場合は、誰も保護されません。",
        "en": "Nobody counts as one of its members. If it is a protected group, nobody is protected.",
    },
    "doctor.group_empty.do": {
        "ja": "ユーザーを追加してください。メンバーが非表示のグループ (HiddenMembership) は使えません。",
        "en": "Add people to it. A group with hidden membership cannot be used.",
    },
    "doctor.groups_failed.what": {
        "ja": "{setting} のグループ {group} を読み取れません: {why}",
        "en": "Group {group} in {setting} cannot be read: {why}",
    },
    "doctor.groups_failed.fails": {
        "ja": "ヘルプデスクかどうかわからないため、何も答えられません。",
        "en": "Nobody can be told from the help desk, so nothing is answered.",
    },
    "doctor.groups_failed.do": {
        "ja": "GroupMember.Read.All の同意を確認してください。",
        "en": "Check the consent to GroupMember.Read.All.",
    },
    "doctor.domains_fine.what": {"ja": "{count} 個のドメインを読み取れました。", "en": "Found: {count}."},
    "doctor.domains_none.what": {
        "ja": "メールに使える確認済みドメインがありません。",
        "en": "No verified domain carries mail.",
    },
    "doctor.domains_none.fails": {
        "ja": "「追跡 送信済み」「受信済み」「保留中」と方向の条件は使えません。",
        "en": "“trace sent”, “received” and “pending”, and a direction, are refused.",
    },
    "doctor.domains_none.do": {
        "ja": "組織のメール ドメインを TRACE_DOMAINS に設定してください。",
        "en": "Set the organization's mail domains in TRACE_DOMAINS.",
    },
    "doctor.domains_set.what": {
        "ja": "TRACE_DOMAINS に {count} 個設定されています。",
        "en": "Set in TRACE_DOMAINS: {count}.",
    },
    "doctor.domains_failed.what": {
        "ja": "ドメインを読み取れません: {why}",
        "en": "The domains cannot be read: {why}",
    },
    "doctor.domains_failed.fails": {
        "ja": "メールの方向がわからず、「送信済み」「受信済み」の追跡ができません。",
        "en": "Directions are unknown; “sent” and “received” do not work.",
    },
    "doctor.domains_failed.do": {
        "ja": "Organization.Read.All に同意するか、TRACE_DOMAINS を設定してください。",
        "en": "Consent to Organization.Read.All, or set TRACE_DOMAINS.",
    },
    # The bot's own side.
    "doctor.keys_fine.what": {"ja": "取得できます。", "en": "They can be fetched."},
    "doctor.keys_unreachable.what": {"ja": "署名鍵を取得できません。", "en": "They cannot be fetched."},
    "doctor.keys_unreachable.fails": {
        "ja": "Teams からの要求をすべて断ることになります。",
        "en": "Everything Teams sends is refused.",
    },
    "doctor.keys_unreachable.do": {
        "ja": "login.botframework.com への通信とプロキシを確認してください。",
        "en": "Check the way out to login.botframework.com, and the proxy.",
    },
    "doctor.expiry_fine.what": {
        "ja": "{what}は {date} まで有効です (あと {days} 日)。",
        "en": "The {what} is good until {date} ({days} days).",
    },
    "doctor.expiry_none.what": {
        "ja": "マネージド ID とフェデレーションには有効期限がありません。",
        "en": "A managed or federated identity has nothing that ends.",
    },
    "doctor.expiry_soon.what": {
        "ja": "{what}の有効期限が {date} に切れます (あと {days} 日)。",
        "en": "The {what} ends on {date} (in {days} days).",
    },
    "doctor.expiry_soon.fails": {
        "ja": "切れると追跡も返信もできなくなります。",
        "en": "From then on neither traces nor answers work.",
    },
    "doctor.expiry_soon.do": {
        "ja": "アプリの登録で新しいものを作り、設定を入れ替えてください。古いものはその後に消せます。",
        "en": "Make a new one in the app registration and set it; the old one can be removed afterwards.",
    },
    "doctor.expiry_past.what": {
        "ja": "{what}の有効期限が {date} に切れています。",
        "en": "The {what} ended on {date}.",
    },
    "doctor.expiry_past.fails": {"ja": "追跡も返信もできません。", "en": "Neither traces nor answers work."},
    "doctor.expiry_past.do": {
        "ja": "アプリの登録で新しいものを作り、設定を入れ替えてください。",
        "en": "Make a new one in the app registration and set it.",
    },
    "doctor.expiry_unseen.what": {
        "ja": "{what}の有効期限は確認できません。",
        "en": "When the {what} ends cannot be seen.",
    },
    "doctor.expiry_unseen.fails": {
        "ja": "切れる前の警告はできません。",
        "en": "You are not warned before it ends.",
    },
    "doctor.expiry_unseen.do": {
        "ja": "アプリの登録で期限を見ておくか、Application.Read.All の許可を与えてください。",
        "en": "Note its end from the app registration, or grant Application.Read.All.",
    },
    "doctor.clock_fine.what": {"ja": "ずれは {seconds} 秒です。", "en": "It is off by {seconds} s."},
    "doctor.clock_unseen.what": {
        "ja": "比べられる応答がありませんでした。",
        "en": "There was no answer to compare it with.",
    },
    "doctor.clock_unseen.fails": {
        "ja": "時計のずれはわかりません。",
        "en": "A wrong clock would not be noticed.",
    },
    "doctor.clock_unseen.do": {
        "ja": "ほかを直してからもう一度診断してください。",
        "en": "Mend the rest and examine again.",
    },
    "doctor.clock_off.what": {
        "ja": "このサーバーの時計が {seconds} 秒ずれています。",
        "en": "This host's clock is off by {seconds} s.",
    },
    "doctor.clock_off.fails": {
        "ja": "サインインや Teams からの要求が拒否されます。",
        "en": "Sign-ins, and what Teams sends, are refused.",
    },
    "doctor.clock_off.do": {
        "ja": "時刻の同期 (NTP) を有効にしてください。",
        "en": "Turn on time synchronization (NTP).",
    },
    "doctor.teams_fine.what": {
        "ja": "Teams から届いています。",
        "en": "Teams reaches this bot.",
    },
    "doctor.teams_silent.what": {
        "ja": "Teams からまだ何も届いていません。",
        "en": "Nothing has come from Teams yet.",
    },
    "doctor.teams_silent.fails": {
        "ja": "アプリを誰かに追加してあるなら、Teams からここに届いていません。",
        "en": "If the app is installed for somebody, Teams does not reach this host.",
    },
    "doctor.teams_silent.do": {
        "ja": "Azure Bot のメッセージング エンドポイントと Teams チャネルを確認してください。合っていれば、アプリをまだ誰も使える状態にしていません (手順 8)。",
        "en": "Check the Azure Bot's messaging endpoint and Teams channel. If they are right, nobody has the app yet (step 8).",
    },
    "doctor.teams_unpacked.what": {
        "ja": "Teams からまだ何も届いていません。この設定ではアプリ パッケージも作れません。",
        "en": "Nothing has come from Teams yet, and with these settings the app package cannot be made.",
    },
    "doctor.teams_unpacked.fails": {
        "ja": "Teams で誰もこのボットを使えません。",
        "en": "Nobody can use this bot in Teams.",
    },
    "doctor.teams_unpacked.do": {
        "ja": "TRACE_ORGANIZATION と TRACE_WEBSITE_URL を設定してパッケージを作り、Teams にアップロードしてください。別の場所で作成済みなら、Azure Bot (手順 2) を確認してください。",
        "en": "Set TRACE_ORGANIZATION and TRACE_WEBSITE_URL, make the package, and upload it to Teams; if it was made elsewhere, check the Azure Bot (step 2).",
    },
    "doctor.teams_nobody.what": {
        "ja": "チームやグループ チャットには追加されていますが、1:1 チャットで使える方がまだいません。",
        "en": "The app is in a team or group chat, but nobody has it in a 1:1 chat.",
    },
    "doctor.teams_nobody.fails": {
        "ja": "質問した方だけに結果を届けられません。",
        "en": "Answers cannot be given in private.",
    },
    "doctor.teams_nobody.do": {
        "ja": "Teams 管理センターの「セットアップ ポリシー」で、使う方全員にアプリをインストールしてください。",
        "en": "Install the app for everybody who is to ask: Teams admin center, Setup policies.",
    },
    "doctor.teams_other_bot.what": {
        "ja": "Teams からの要求が、別のボットあてでした。",
        "en": "What came from Teams was for another bot.",
    },
    "doctor.teams_other_bot.fails": {
        "ja": "ボットは何も返事をしません。",
        "en": "The bot answers nobody.",
    },
    "doctor.teams_other_bot.do": {
        "ja": "Azure Bot のアプリ ID と MicrosoftAppId が同じかを確認してください。",
        "en": "Check that the Azure Bot's app id is MicrosoftAppId.",
    },
    "doctor.teams_other_tenant.what": {
        "ja": "Teams からの要求が、別のテナントのものでした。",
        "en": "What came from Teams was of another tenant.",
    },
    "doctor.teams_other_tenant.fails": {
        "ja": "そのテナントの方には返事をしません。",
        "en": "Nobody of that tenant is answered.",
    },
    "doctor.teams_other_tenant.do": {
        "ja": "自分の組織からの要求なら、MicrosoftAppTenantId を確認してください。",
        "en": "If that was your own organization, check MicrosoftAppTenantId.",
    },
    "doctor.teams_untried.what": {
        "ja": "アプリは追加されていますが、まだ誰も話しかけていません。",
        "en": "The app is installed, and nobody has asked anything yet.",
    },
    "doctor.teams_untried.fails": {
        "ja": "返事が届くかどうかは、まだわかりません。",
        "en": "Whether answers arrive is not known yet.",
    },
    "doctor.teams_untried.do": {
        "ja": "ボットとの 1:1 チャットで「ヘルプ」と入力してみてください。",
        "en": "Type help in the 1:1 chat with the bot.",
    },
    # Our own door, seen from outside.
    "doctor.endpoint_fine.what": {
        "ja": "{url} は応答します。Azure Bot にもこの URL を設定してください。",
        "en": "{url} answers; it is what the Azure Bot has to be set to.",
    },
    "doctor.endpoint_unreachable.what": {
        "ja": "{url} に接続できません: {why}",
        "en": "{url} cannot be reached: {why}",
    },
    "doctor.endpoint_unreachable.fails": {
        "ja": "Teams からも届きません。",
        "en": "Neither can Teams reach it.",
    },
    "doctor.endpoint_unreachable.do": {
        "ja": "DNS、証明書、ファイアウォール、リバース プロキシを確認してください。自分自身の公開アドレスに接続できないネットワークでは、外から確認してください。",
        "en": "Check DNS, certificate, firewall and reverse proxy. Where a network does not let a host reach its own public address, look from outside.",
    },
    "doctor.endpoint_other.what": {
        "ja": "{url} の応答がボットのものではありません (HTTP {status})。",
        "en": "{url} does not answer as the bot does (HTTP {status}).",
    },
    "doctor.endpoint_other.fails": {
        "ja": "Teams からの要求がボットに届きません。",
        "en": "What Teams sends does not get to the bot.",
    },
    "doctor.endpoint_other.do": {
        "ja": "ボットが動いていて、リバース プロキシが /api/messages をボットに渡しているかを確認してください。トークンのない要求にボットは 401 を返します。",
        "en": "Check that the bot runs, and that the reverse proxy passes /api/messages on to it. The bot answers 401 to whoever shows no token.",
    },
}
