// Every word of the page itself, ja beside en. `{name}` is filled in.

const WORDS = {
  demo: { en: "demo, on this machine only", ja: "デモ(このマシンの中だけ)" },
  youAre: { en: "You are", ja: "あなたは" },
  conversations: { en: "Conversations", ja: "会話" },
  madeUp: {
    en: "A made-up company, made-up mail. Nothing leaves this machine.",
    ja: "会社もメールも架空のものです。このマシンの外には何も送られません。",
  },
  engineer: { en: "Help desk engineer", ja: "ヘルプデスク担当" },
  employee: { en: "Employee", ja: "社員" },
  executive: { en: "President (protected)", ja: "社長(保護対象)" },
  auditor: { en: "Auditor", ja: "監査担当" },
  personal: { en: "Chat with the bot", ja: "ボットとのチャット" },
  personalAbout: { en: "Only you see this chat", ja: "この会話はあなただけに見えます" },
  channel: { en: "Channel", ja: "チャネル" },
  groupChat: { en: "Group chat", ja: "グループ チャット" },
  members: { en: "{kind} · {names}", ja: "{kind} · {names}" },
  emptyTitle: { en: "What happened to that mail?", ja: "あのメール、どうなりましたか?" },
  emptyText: {
    en: "Type a command, or start with one of the suggestions below.",
    ja: "コマンドを入力するか、下の候補から始めてください。",
  },
  emptyShared: {
    en: "Here the bot hears only what mentions it. Everyone in this conversation sees what you post.",
    ja: "ここでは、メンションした投稿だけがボットに届きます。投稿は会話の全員に見えます。",
  },
  typing: { en: "Mail Trace is working", ja: "Mail Trace が調べています" },
  composer: { en: "Type a message", ja: "メッセージを入力" },
  composerShared: { en: "Ask the bot", ja: "ボットに質問" },
  composerPeople: { en: "Post to the people here", ja: "メンバーに投稿" },
  composerReply: { en: "Reply in this thread", ja: "このスレッドに返信" },
  keys: { en: "Enter to send, Shift+Enter for a new line", ja: "Enter で送信、Shift+Enter で改行" },
  noMention: {
    en: "Without the mention this is not sent to the bot",
    ja: "メンションがないため、ボットには送信されません",
  },
  addMention: { en: "+ {mention}", ja: "+ {mention}" },
  mentionOn: { en: "{mention} is mentioned. Remove the mention", ja: "{mention} をメンション中。メンションを外す" },
  mentionOff: { en: "Mention {mention}", ja: "{mention} をメンションする" },
  send: { en: "Send", ja: "送信" },
  suggestions: { en: "Suggestions", ja: "候補" },
  language: { en: "Language", ja: "言語" },
  theme: { en: "Switch between light and dark", ja: "ライトとダークを切り替え" },
  openRail: { en: "People and conversations", ja: "人と会話" },
  closeRail: { en: "Close", ja: "閉じる" },
  messages: { en: "Messages", ja: "メッセージ" },
  reply: { en: "Reply", ja: "返信" },
  replyingTo: { en: "Replying to {name}", ja: "{name} さんのスレッドに返信" },
  cancelReply: { en: "Stop replying", ja: "返信をやめる" },
  sending: { en: "Sending…", ja: "送信中…" },
  unmentioned: { en: "Not sent to the bot: mention it", ja: "ボットには未送信: メンションしてください" },
  notSent: { en: "Not delivered to the bot.", ja: "ボットに届きませんでした。" },
  again: { en: "Send again", ja: "もう一度送信" },
  edited: { en: "Updated", ja: "更新済み" },
  onlyForYou: { en: "Only you can see this message", ja: "このメッセージはあなただけに表示されています" },
  unreachable: { en: "The bot could not be reached.", ja: "ボットに接続できませんでした。" },
  timeout: { en: "The bot did not answer within {detail} s.", ja: "{detail} 秒以内にボットの応答がありませんでした。" },
  status: { en: "The bot answered with an error ({detail}).", ja: "ボットがエラーを返しました({detail})。" },
  dialogTitle: { en: "Mail Trace", ja: "Mail Trace" },
  traceMessage: { en: "Trace this mail", ja: "このメールを追跡" },
  page: { en: "That did not work ({detail}).", ja: "できませんでした({detail})。" },
  lost: { en: "The connection was lost. Trying again…", ja: "接続が切れました。再接続しています…" },
  noRenderer: {
    en: "The Adaptive Cards renderer could not be loaded. Run “python -m demo.renderer”, then start again.",
    ja: "Adaptive Cards の描画ライブラリを読み込めませんでした。「python -m demo.renderer」を実行して起動し直してください。",
  },
  badCard: { en: "This card could not be drawn.", ja: "このカードは表示できませんでした。" },
  moreActions: { en: "More actions", ja: "その他の操作" },
  card: { en: "Card", ja: "カード" },
  sentCard: { en: "sent a card", ja: "カードを送信しました" },
  attachment: { en: "Attachment ({type})", ja: "添付ファイル({type})" },
  wantsToSend: { en: "{name} wants to send you a file", ja: "{name} がファイルの送信許可を求めています" },
  allow: { en: "Allow", ja: "許可" },
  decline: { en: "Decline", ja: "許可しない" },
  accept: { en: "You allowed this file.", ja: "このファイルを許可しました。" },
  declined: { en: "You declined this file.", ja: "このファイルを許可しませんでした。" },
  download: { en: "Download", ja: "ダウンロード" },
  today: { en: "Today", ja: "今日" },
  trouble: { en: "Simulate…", ja: "障害を再現" },
  troubleAbout: {
    en: "Makes the sample tenant misbehave, for everyone on this machine, until it is switched off. Ask the bot again to see what it says.",
    ja: "見本のテナントに障害を起こします。止めるまで、このマシンの全員に影響します。もう一度ボットに聞いてみてください。",
  },
  troubleOn: { en: "Simulating: {names}", ja: "再現中: {names}" },
  troubleReset: { en: "Back to normal", ja: "元に戻す" },
  throttled: { en: "Throttled by Microsoft 365", ja: "要求が多すぎて制限" },
  throttledAbout: { en: "429, try again in three minutes", ja: "429、3 分後に再試行" },
  secret: { en: "Expire the secret", ja: "シークレットの期限切れ" },
  secretAbout: { en: "Signing in fails: AADSTS7000222", ja: "サインインの失敗: AADSTS7000222" },
  refused: { en: "Credential refused", ja: "資格情報の拒否" },
  refusedAbout: { en: "401, as with an expired token", ja: "401、期限切れトークンと同じ" },
  permission: { en: "Permission missing", ja: "アクセス許可なし" },
  permissionAbout: { en: "403, no admin consent", ja: "403、管理者の同意なし" },
  prerequisite: { en: "Prerequisite missing", ja: "前提のサービスなし" },
  prerequisiteAbout: { en: "401, no service principal", ja: "401、サービス プリンシパルなし" },
  offline: { en: "Graph offline", ja: "Graph に接続できない" },
  offlineAbout: { en: "Connections are cut", ja: "接続が切れる" },
  slow: { en: "Slow answers", ja: "応答が遅い" },
  slowAbout: { en: "Six seconds more for each call", ja: "呼び出しごとに 6 秒の遅れ" },
  halfPage: { en: "Half a page", ja: "途中で切れる応答" },
  halfPageAbout: { en: "JSON that ends in the middle", ja: "JSON が途中で終わる" },
  paging: { en: "Paging faults", ja: "ページ送りの不具合" },
  pagingAbout: { en: "Small pages, broken links between them", ja: "小さなページと壊れた次ページ リンク" },
  unread: { en: "{count} new", ja: "新着 {count} 件" },
};

/** What there is to try for everybody, and for those who have something of their own. */
export const SUGGESTIONS = {
  en: [
    "/trace sender *@hoge.com",
    "/trace",
    "/trace to info@with-wit.com last 2d",
    "/trace from suzuki@hoge.com status failed last 7d",
    "mine",
    "help",
  ],
  ja: ["追跡 送信者 *@hoge.com", "追跡", "追跡 宛先 info@with-wit.com 期間 2日", "自分のメール", "ヘルプ"],
};

export const OWN_SUGGESTIONS = {
  auditor: {
    en: ["audit last 7d", "audit last 7d by 佐藤", "audit ticket INC123", "help"],
    ja: ["監査 期間 7日", "監査 期間 7日 実行者 佐藤", "監査 チケット INC123", "ヘルプ"],
  },
  engineer: {
    en: [...SUGGESTIONS.en, "trace from takahashi@contoso.co.jp last 30d ticket INC123"],
    ja: [...SUGGESTIONS.ja, "追跡 送信者 takahashi@contoso.co.jp 期間 30日 チケット INC123"],
  },
};

export const LOCALES = { en: "en-US", ja: "ja-JP" };

/** The sentence *key* in *lang*, with its `{names}` filled from *facts*. */
export function word(lang, key, facts = {}) {
  return WORDS[key][lang].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

/** The sentence for an error as the server tells it: `{code, detail}`. */
export function errorWord(lang, error) {
  const known = ["unreachable", "timeout", "status"].includes(error.code);
  return word(lang, known ? error.code : "page", { detail: error.detail || error.code });
}
