"""Texts of the card that offers the search a sentence may mean."""

from typing import Literal

SENTENCE_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "sentence.title.trace": {"ja": "次の条件で検索しますか?", "en": "Search for this?"},
    "sentence.title.mine": {
        "ja": "ご自分のメールを次の条件で検索しますか?",
        "en": "Search your own mail for this?",
    },
    "sentence.title.report": {"ja": "次の条件でレポートを作成しますか?", "en": "Create this report?"},
    "sentence.title.watch": {"ja": "次の条件で監視しますか?", "en": "Watch for this?"},
    "sentence.title.pick": {"ja": "どなたのメールですか?", "en": "Who do you mean?"},
    "sentence.run.trace": {"ja": "検索", "en": "Search"},
    "sentence.run.mine": {"ja": "自分のメールを検索", "en": "Search my mail"},
    "sentence.run.report": {"ja": "レポートを作成", "en": "Create the report"},
    "sentence.run.watch": {"ja": "監視を開始", "en": "Start watching"},
    "sentence.run.everybody": {"ja": "全員のメールを検索", "en": "Search everybody's mail"},
    "sentence.meant": {"ja": "もしかして: {domain}", "en": "Did you mean {domain}?"},
    "nothing.meant": {
        "ja": "入力したドメインは最近のメールにありません。もしかして: {domain}",
        "en": "No recent mail has the domain you typed. Did you mean {domain}?",
    },
    "sentence.unused": {"ja": "読み取れなかった語: {words}", "en": "Not understood: {words}"},
    "sentence.bad_time": {
        "ja": "「{words}」は日時として読めませんでした。例: 昨日 16:00-19:00",
        "en": "“{words}” could not be read as a time. Example: yesterday 16:00-19:00",
    },
    "sentence.odd_day": {
        "ja": "「{words}」は{weekday}です。日付のほうを使います。",
        "en": "“{words}” is a {weekday}. The date is used.",
    },
    "sentence.unknown": {
        "ja": "「{name}」は社内のディレクトリに見つかりませんでした。",
        "en": "“{name}” was not found in the directory.",
    },
}
