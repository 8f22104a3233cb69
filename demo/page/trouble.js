// The panel that makes the sample tenant misbehave, and the strip that says so while it does.

import { make } from "./messages.js";

const $ = (id) => document.getElementById(id);

export class TroublePanel {
  /** *say* gives the words of the page; *ask* tells the server {name, on}, or {} to end them all. */
  constructor(say, ask) {
    this.say = say;
    this.ask = ask;
    this.state = null;
    $("trouble").addEventListener("click", () => this.open($("trouble-panel").hidden));
    $("trouble-close").addEventListener("click", () => this.open(false));
    for (const id of ["trouble-reset", "strip-reset"]) $(id).addEventListener("click", () => this.reset(id));
    $("trouble-panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false);
    });
    document.addEventListener("pointerdown", (event) => {
      const inside = event.target.closest?.("#trouble-panel, #trouble, #strip");
      if (!inside && !$("trouble-panel").hidden) this.open(false, false);
    });
  }

  /** The server's state: name → whether it is on. */
  show(state) {
    this.state = state;
    this.draw();
  }

  async reset(id) {
    await this.ask({});
    if (id === "strip-reset") $("text").focus();
  }

  open(wanted, focus = true) {
    $("trouble-panel").hidden = !wanted;
    $("trouble").setAttribute("aria-expanded", String(wanted));
    if (focus) (wanted ? $("troubles").querySelector("input") : $("trouble"))?.focus();
  }

  draw() {
    const names = Object.keys(this.state ?? {});
    const on = names.filter((name) => this.state[name]);
    $("trouble").hidden = names.length === 0;
    $("trouble").querySelector("span").textContent = this.say("trouble");
    $("trouble").setAttribute("aria-label", this.say("trouble"));
    $("trouble").title = this.say("trouble");
    $("trouble").classList.toggle("on", on.length > 0);
    $("strip").hidden = on.length === 0;
    $("strip").querySelector("span").textContent = on.length
      ? this.say("troubleOn", { names: on.map((name) => this.say(name)).join(", ") })
      : "";
    $("trouble-reset").disabled = on.length === 0;
    const focused = document.activeElement?.id;
    $("troubles").replaceChildren(...names.map((name) => this.choice(name)));
    if (focused?.startsWith("trouble-is-")) $(focused)?.focus();
  }

  choice(name) {
    const box = make("input", "", [], {
      type: "checkbox", role: "switch", id: `trouble-is-${name}`, "data-testid": `trouble-${name}`,
      onchange: () => this.ask({ name, on: box.checked }),
    });
    box.checked = this.state[name];
    const words = [make("b", "", this.say(name)), make("small", "", this.say(`${name}About`))];
    return make("label", "trouble", [make("span", "two", words), box]);
  }
}
