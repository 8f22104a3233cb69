"""Every sentence a person reads, Japanese beside English; each file holds those of one kind of card.

`{n}` is a number the reader's locale spells; where English needs it, `one|other` gives both forms.
"""

from typing import Literal

from cards.access_texts import ACCESS_TEXTS
from cards.app_texts import APP_TEXTS
from cards.audit_texts import AUDIT_TEXTS
from cards.away_texts import AWAY_TEXTS
from cards.cause_texts import CAUSE_TEXTS
from cards.code_texts import CODE_TEXTS
from cards.coverage_texts import COVERAGE_TEXTS
from cards.digest_texts import DIGEST_TEXTS
from cards.doctor_texts import DOCTOR_TEXTS
from cards.explain_texts import EXPLAIN_TEXTS
from cards.fault_texts import FAULT_TEXTS
from cards.form_texts import FORM_TEXTS
from cards.header_texts import HEADER_TEXTS
from cards.kept_texts import KEPT_TEXTS
from cards.landing_texts import LANDING_TEXTS
from cards.note_texts import NOTE_TEXTS
from cards.place_watch_texts import PLACE_WATCH_TEXTS
from cards.report_texts import REPORT_TEXTS
from cards.result_texts import RESULT_TEXTS
from cards.sentence_texts import SENTENCE_TEXTS
from cards.surface_texts import SURFACE_TEXTS
from cards.watch_texts import WATCH_TEXTS

Language = Literal["ja", "en"]

TEXTS: dict[str, dict[Language, str]] = {
    **RESULT_TEXTS,
    **FORM_TEXTS,
    **NOTE_TEXTS,
    **SENTENCE_TEXTS,
    **FAULT_TEXTS,
    **ACCESS_TEXTS,
    **AUDIT_TEXTS,
    **APP_TEXTS,
    **AWAY_TEXTS,
    **CAUSE_TEXTS,
    **CODE_TEXTS,
    **COVERAGE_TEXTS,
    **DIGEST_TEXTS,
    **DOCTOR_TEXTS,
    **SURFACE_TEXTS,
    **EXPLAIN_TEXTS,
    **HEADER_TEXTS,
    **KEPT_TEXTS,
    **PLACE_WATCH_TEXTS,
    **REPORT_TEXTS,
    **LANDING_TEXTS,
    **WATCH_TEXTS,
}
"""Key → language → sentence, of every file."""
