// One message as an element, and the list of them: kept where nothing changed, so that focus and inputs stay.

import { drawCard, drawText } from "./cards.js";
import { errorWord, word } from "./words.js";

const CARD = "application/vnd.microsoft.card.adaptive";
const FILE_CONSENT = "application/vnd.microsoft.teams.card.file.consent";
const FILE_INFO = "application/vnd.microsoft.teams.card.file.info";

/** An element with a class, children and attributes. */
export function make(tag, className, children = [], attributes = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...[children].flat().filter((child) => child !== null && child !== undefined && child !== ""));
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

export function icon(name, className = "") {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  if (className) svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The round picture of a person: the family name's first sign, or initials. */
export function avatar(name, index) {
  const parts = name.split(" ");
  const letters = /^[\x00-\x7f]/.test(name) ? parts.map((part) => part[0]).join("").slice(0, 2) : parts[0][0];
  return make("span", `avatar tone-${index % 4}`, letters, { "aria-hidden": "true" });
}

/** What a message says in one line: for a notification. */
export function headline(message, lang) {
  return message.summary || message.text || word(lang, "sentCard");
}

export class MessageList {
  /** *act* does what is tapped: tap, trace, consent, again, reply. */
  constructor(root, act) {
    this.root = root;
    this.act = act;
    this.drawn = new Map();
    this.refreshed = new Set();
  }

  /** Show *messages* (of one place, oldest first); *look* is {lang, theme, me, people, place}. */
  show(messages, look) {
    const held = heldIn(document.activeElement);
    const nodes = look.place.kind === "channel" ? this.threads(messages, look) : this.flat(messages, look);
    arrange(this.root, nodes);
    for (const [id, { node }] of this.drawn) if (!node.isConnected) this.drawn.delete(id);
    if (held && !held.node.isConnected) held.giveTo(this.drawn.get(held.node.dataset.activityId)?.node);
  }

  /** The element of the message *id*, if it is drawn. */
  find(id) {
    return this.drawn.get(id)?.node ?? null;
  }

  flat(messages, look) {
    const nodes = [];
    let day = "";
    let before = null;
    for (const message of messages) {
      const its = dayOf(message, look.lang);
      if (its !== day) nodes.push(this.once(`day-${its}`, its, () => make("p", "day", its)));
      const follows = before && its === day && sameSender(before, message) && near(before, message);
      nodes.push(this.node(message, look, Boolean(follows)));
      [day, before] = [its, message];
    }
    return nodes;
  }

  /** Threads, the one with the latest message last. */
  threads(messages, look) {
    const threads = new Map();
    for (const message of messages) {
      const thread = threads.get(message.thread) ?? [];
      threads.delete(message.thread);
      threads.set(message.thread, [...thread, message]);
    }
    return [...threads].map(([id, its]) => {
      const reply = () => this.act.reply(its[0]);
      const box = this.once(`thread-${id}`, look.lang, () =>
        make("section", "thread", [
          make("div", "thread-messages"),
          make("button", "reply", [icon("reply"), word(look.lang, "reply")], {
            type: "button", "data-testid": "reply", onclick: reply,
          }),
        ]),
      );
      arrange(box.firstChild, its.map((message) => this.node(message, look, false, message.id !== id)));
      return box;
    });
  }

  /** The node kept under *key*, made anew when *signature* is another. */
  once(key, signature, build) {
    const kept = this.drawn.get(key);
    if (kept?.signature === signature) return kept.node;
    const node = build();
    this.drawn.set(key, { signature, node });
    return node;
  }

  node(message, look, follows, isReply = false) {
    const signature = JSON.stringify([message, look.lang, look.theme, look.me.id, follows]);
    return this.once(message.id, signature, () => this.draw(message, look, follows, isReply));
  }

  draw(message, look, follows, isReply) {
    const { lang } = look;
    const mine = !message.from.bot && message.from.id === look.me.id;
    const index = look.people.findIndex((person) => person.id === message.from.id);
    const picture = message.from.bot ? icon("bot", "avatar bot-icon") : avatar(message.from.name, index);
    const at = new Date(message.at);
    const time = make("time", "", at.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" }), {
      datetime: message.at,
      title: at.toLocaleString(lang),
    });
    const head = make("div", "head", [
      make("strong", "", message.from.name),
      time,
      message.edited ? make("span", "tag", word(lang, "edited")) : null,
      this.menu(message, lang),
    ]);
    const body = make("div", "body", [head], { tabindex: "-1" });
    if (message.onlyForYou) body.append(make("p", "only", word(lang, "onlyForYou")));
    if (message.text) body.append(this.bubble(message));
    message.attachments.forEach((attachment, at) => body.append(this.attachment(message, attachment, at, look)));
    body.append(...this.below(message, look));
    const kind = message.from.bot ? "from-bot" : mine ? "from-me" : "from-other";
    const classes = ["message", kind, follows ? "follows" : "", isReply ? "is-reply" : ""].filter(Boolean);
    return make("article", classes.join(" "), [picture, body], {
      "data-testid": "message",
      "data-activity-id": message.id,
      "aria-label": message.from.name,
    });
  }

  /** What Teams has in the menu of every message. */
  menu(message, lang) {
    const close = () => menu.removeAttribute("open");
    const trace = () => {
      menu.querySelector("summary").focus();
      close();
      this.act.trace(message);
    };
    const menu = make("details", "more", [
      make("summary", "icon-button small", icon("more"), {
        "aria-label": word(lang, "moreActions"), title: word(lang, "moreActions"), "data-testid": "more",
      }),
      make("button", "more-item", word(lang, "traceMessage"), { type: "button", "data-testid": "trace-message", onclick: trace }),
    ], {
      onfocusout: (event) => { if (!menu.contains(event.relatedTarget)) close(); },
      onkeydown: (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        close();
        menu.querySelector("summary").focus();
      },
    });
    return menu;
  }

  bubble(message) {
    const said = message.plain ? make("div", "plain", message.text) : drawText(message.text);
    if (message.mention) said.prepend(make("span", "at", "@Mail Trace"), " ");
    return make("div", "bubble", said);
  }

  attachment(message, attachment, index, look) {
    const { lang, theme } = look;
    if (attachment.contentType === CARD) {
      const frame = make("div", "card", [], { "data-testid": "card", role: "group", "aria-label": word(lang, "card") });
      if (attachment.content?.msteams?.width === "Full") frame.classList.add("full");
      const tap = async (action) => {
        frame.setAttribute("aria-busy", "true");
        await this.act.tap(message, index, action);
        frame.removeAttribute("aria-busy");
      };
      const drawn = drawCard(attachment.content, theme, word(lang, "moreActions"), tap);
      this.refresh(message, index, attachment.content?.refresh, look);
      frame.append(drawn ?? make("p", "bad-card", word(lang, "badCard")));
      return frame;
    }
    if (attachment.contentType === FILE_CONSENT) return this.consent(message, attachment, index, look);
    if (attachment.contentType === FILE_INFO) {
      const path = URL.parse(attachment.contentUrl ?? "", location.href)?.pathname ?? "#";
      return make("div", "card file", [
        icon("file"),
        make("span", "file-name", attachment.name ?? ""),
        make("a", "button", word(lang, "download"), { href: path, download: attachment.name ?? "" }),
      ]);
    }
    return make("p", "only", word(lang, "attachment", { type: attachment.contentType }));
  }

  /** A card may ask to be refreshed for those it names: once for each state it was sent in. */
  refresh(message, index, refresh, { me }) {
    const key = `${message.id} ${message.revision} ${me.id}`;
    if (refresh?.action?.type !== "Action.Execute" || this.refreshed.has(key)) return;
    if (refresh.userIds && !refresh.userIds.includes(me.teamsId)) return;
    this.refreshed.add(key);
    const { type, title, verb, data } = refresh.action;
    this.act.tap(message, index, { type, title, verb, data, trigger: "automatic" });
  }

  consent(message, attachment, index, { lang }) {
    const size = attachment.content?.sizeInBytes;
    const kilobytes = size ? `${Math.max(1, Math.round(size / 1024)).toLocaleString(lang)} KB` : "";
    const answer = (accept) => () => this.act.consent(message, index, accept);
    const done = ["accept", "decline"].includes(message.note?.kind);
    return make("div", "card file-consent", [
      make("p", "", word(lang, "wantsToSend", { name: message.from.name })),
      make("div", "file", [icon("file"), make("span", "file-name", attachment.name ?? ""), make("small", "", kilobytes)]),
      attachment.content?.description ? make("p", "", attachment.content.description) : null,
      make("div", "buttons", [
        make("button", "button primary", word(lang, "allow"), { type: "button", disabled: done, onclick: answer(true) }),
        make("button", "button", word(lang, "decline"), { type: "button", disabled: done, onclick: answer(false) }),
      ]),
    ]);
  }

  /** What stands below: how the delivery went, what a tap brought. */
  below(message, { lang }) {
    const lines = [];
    const { note, delivery } = message;
    if (note?.kind === "said") lines.push(make("div", "note said", drawText(note.text), { role: "status", "data-testid": "note" }));
    if (note?.kind === "error") lines.push(make("p", "note error", errorWord(lang, note), { role: "alert", "data-testid": "note" }));
    if (note?.kind === "accept") lines.push(make("p", "state", word(lang, "accept")));
    if (note?.kind === "decline") lines.push(make("p", "state", word(lang, "declined")));
    if (delivery === "sending") lines.push(make("p", "state waiting", word(lang, "sending")));
    if (delivery === "unmentioned") lines.push(make("p", "state", word(lang, "unmentioned"), { "data-testid": "unmentioned" }));
    if (delivery === "failed") {
      const again = make("button", "link", word(lang, "again"), { type: "button", onclick: () => this.act.again(message) });
      const why = `${word(lang, "notSent")} ${errorWord(lang, message.reason)} `;
      lines.push(make("p", "state error", [why, again], { role: "alert", "data-testid": "failed" }));
    }
    return lines;
  }
}

const FOCUSABLE = "summary, a, button, input, textarea, select, [tabindex='0']";
const partsOf = (node) => [...node.querySelectorAll(FOCUSABLE)];

/** The message that *focused* stands in, and how another drawing of it is held the same way. Null outside of one. */
function heldIn(focused) {
  const node = focused?.closest?.("[data-activity-id]");
  if (!node) return null;
  const at = partsOf(node).indexOf(focused);
  const words = focused.textContent;
  const menu = focused.closest("details.more")?.open;
  const giveTo = (other) => {
    if (!other) return;
    if (menu) other.querySelector("details.more").open = true;
    const same = partsOf(other)[at];
    const kept = same && same.tagName === focused.tagName && same.textContent === words;
    (kept ? same : other.querySelector(".body")).focus({ preventScroll: true });
  };
  return { node, giveTo };
}

/** Make *nodes* the children of *parent*, moving as few as possible. */
function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

function dayOf(message, lang) {
  const day = new Date(message.at);
  if (day.toDateString() === new Date().toDateString()) return word(lang, "today");
  return day.toLocaleDateString(lang, { month: "long", day: "numeric", weekday: "short" });
}

const sameSender = (one, other) => one.from.bot === other.from.bot && one.from.id === other.from.id;
const near = (one, other) => new Date(other.at) - new Date(one.at) < 5 * 60_000;
