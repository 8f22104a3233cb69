// The dialog that the bot asks for: a card over the page, sent off until the bot ends it.

import { drawCard } from "./cards.js";
import { errorWord } from "./words.js";
import { make } from "./messages.js";

const $ = (id) => document.getElementById(id);

export class Dialog {
  /** *say* gives the words of the page; *look* says {lang, theme}; *submit* sends {from, data} and brings what comes next. */
  constructor(say, look, submit) {
    this.say = say;
    this.look = look;
    this.submit = submit;
    this.shown = null;
    this.from = null;
    $("dialog-close").addEventListener("click", () => $("dialog").close());
    $("dialog").addEventListener("close", () => {
      this.shown = null;
      $("dialog-body").replaceChildren();
    });
  }

  /** Show what the bot answered to *from*: {title, card}, {text} or {error}. */
  open(shown, from) {
    [this.shown, this.from] = [shown, from];
    if (!$("dialog").open) $("dialog").showModal();
    this.draw();
    $("dialog-body").scrollTop = 0;
    // A card begins with its first field; where it has none, as a line, closing is all there is.
    const first = $("dialog-body").querySelector("input, textarea, select, button, [tabindex='0']");
    (first ?? $("dialog-close")).focus({ preventScroll: true });
  }

  draw() {
    if (!this.shown) return;
    const { lang, theme } = this.look();
    const { title, card, text, error } = this.shown;
    $("dialog-close").setAttribute("aria-label", this.say("closeRail"));
    $("dialog-title").textContent = title || this.say("dialogTitle");
    const body = card
      ? drawCard(card, theme, this.say("moreActions"), (action) => this.send(action.data))
      : make("p", error ? "note error" : "note said", error ? errorWord(lang, error) : text, { role: "status" });
    $("dialog-body").replaceChildren(body ?? make("p", "bad-card", this.say("badCard")));
  }

  async send(data) {
    const from = this.from;
    $("dialog-body").setAttribute("aria-busy", "true");
    const next = await this.submit(from, data);
    $("dialog-body").removeAttribute("aria-busy");
    if (!next || !$("dialog").open) return;
    if (next.text === "") $("dialog").close();
    else this.open(next, from);
  }
}
