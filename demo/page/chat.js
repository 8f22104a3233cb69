// The chat page: who I am, where I am, what I type; the server's events draw the rest.

import { prepareCards } from "./cards.js";
import { MessageList, avatar, headline, icon, make } from "./messages.js";
import { Dialog } from "./dialog.js";
import { TroublePanel } from "./trouble.js";
import { LOCALES, OWN_SUGGESTIONS, SUGGESTIONS, errorWord, word } from "./words.js";

const TYPING_LASTS = 10_000;
const TOAST_LASTS = 6_000;
const MENTION = "@Mail Trace";
const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const dark = matchMedia("(prefers-color-scheme: dark)");

const state = {
  lang: ["ja", "en"].includes(asked.get("lang")) ? asked.get("lang") : navigator.language.startsWith("ja") ? "ja" : "en",
  chosenTheme: ["light", "dark"].includes(asked.get("theme")) ? asked.get("theme") : null,
  people: [],
  me: null,
  place: null,
  messages: new Map(),
  unread: new Map(),
  typing: new Map(),
  thread: null,
  mention: true,
  said: [],
  recalled: 0,
  drafts: new Map(),
  tapped: null,
  problem: null,
  lost: false,
  hasRenderer: true,
  atEnd: true,
};
const theme = () => state.chosenTheme ?? (dark.matches ? "dark" : "light");
const say = (key, facts) => word(state.lang, key, facts);
const list = new MessageList($("messages"), { tap, trace, consent, again, reply });
const dialog = new Dialog(say, () => ({ lang: state.lang, theme: theme() }), sendOff);
const panel = new TroublePanel(say, (body) => post("trouble", body));
let source = null;
let begin = null;
/** Until the server has said who is here, nothing can be sent; what is sent before waits for it. */
const begun = new Promise((resolve) => {
  begin = resolve;
});

// --- talking with the server ---

/** POST to the page's own interface; a problem is shown and null comes back. */
async function post(path, body) {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
  const who = { person: state.me.id, place: state.place.id, locale: LOCALES[state.lang], timezone };
  try {
    const answer = await fetch(`/chat/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...who, ...body }),
    });
    const told = await answer.json();
    if (!answer.ok) throw told.error;
    return told;
  } catch (error) {
    problem(error?.code ? error : { code: "page", detail: error?.message });
    return null;
  }
}

function problem(error) {
  state.problem = error;
  drawBanner();
}

function listen() {
  source?.close();
  source = new EventSource(`/chat/events?person=${encodeURIComponent(state.me.id)}`);
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("snapshot", (messages) => {
    state.messages = new Map(messages.map((message) => [message.id, message]));
    state.lost = false;
    drawBanner();
    drawMessages(true);
  });
  on("message", heard);
  on("troubles", (told) => panel.show(told));
  on("deleted", ({ id }) => {
    state.messages.delete(id);
    drawMessages();
  });
  on("typing", ({ place }) => {
    clearTimeout(state.typing.get(place));
    state.typing.set(place, setTimeout(() => stopTyping(place), TYPING_LASTS));
    drawTyping();
  });
  source.onerror = () => {
    state.lost = true;
    drawBanner();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
}

function heard(message) {
  const isNew = !state.messages.has(message.id);
  state.messages.set(message.id, message);
  if (message.from.bot) stopTyping(message.place);
  if (isNew && message.from.bot && message.place !== state.place.id) {
    state.unread.set(message.place, (state.unread.get(message.place) ?? 0) + 1);
    notify(message);
    drawRail();
  }
  const mine = isNew && !message.from.bot && message.from.id === state.me.id;
  if (message.place !== state.place.id) return;
  drawMessages(mine);
  if (message.from.bot) bringToTop(message.id, message.id === state.tapped);
}

/** Keep the eye on the start of a card: one that was tapped, or one that came at the end and is taller than the view. */
function bringToTop(id, tapped) {
  const node = list.find(id);
  if (!node) return;
  const view = $("scroll").getBoundingClientRect();
  const { top, height } = node.getBoundingClientRect();
  const hidden = top < view.top || top > view.bottom - 60;
  const tall = height > view.height && state.atEnd;
  if (tall || (tapped && hidden)) {
    state.atEnd = false;
    $("scroll").scrollTop += top - view.top - 8;
  }
}

function stopTyping(place) {
  clearTimeout(state.typing.get(place));
  state.typing.delete(place);
  drawTyping();
}

// --- what a person does ---

async function send(text, thread = state.thread) {
  if (!text.trim()) return;
  state.said = [...state.said, text].slice(-50);
  state.recalled = state.said.length;
  state.thread = null;
  drawComposer();
  await post("say", { text, mention: state.mention, thread });
}

async function tap(message, attachment, action) {
  state.tapped = action.trigger ? state.tapped : message.id;
  const told = await post("tap", { place: message.place, message: message.id, attachment, action });
  if (told?.dialog) dialog.open(told.dialog, { place: message.place, message: message.id });
}

async function trace(message) {
  const from = { place: message.place, message: message.id, onMessage: true };
  const told = await post("trace_message", from);
  if (told?.dialog) dialog.open(told.dialog, from);
}

async function sendOff(from, data) {
  return (await post("send_off", { ...from, data }))?.dialog;
}

async function consent(message, attachment, accept) {
  await post("consent", { place: message.place, message: message.id, attachment, accept });
}

function again(message) {
  send(message.text, message.thread === message.id ? null : message.thread);
}

function reply(message) {
  state.thread = message.thread;
  drawComposer();
  $("text").focus();
}

async function enter(place) {
  if (!state.me.places.some((its) => its.id === place.id)) return;
  keepDraft();
  state.place = place;
  state.tapped = null;
  $("text").value = state.drafts.get(place.id) ?? "";
  state.thread = null;
  state.mention = true;
  state.problem = null;
  state.unread.delete(place.id);
  document.body.classList.remove("rail-open");
  draw(true);
  const told = await post("open", {});
  if (told?.error) problem(told.error);
}

function keepDraft() {
  if (state.place) state.drafts.set(state.place.id, $("text").value);
}

/** Be another person: nothing of the former one stays on the page, typed or seen. */
function become(person) {
  if (person === state.me) return;
  // What was typed while the page was still asking who is here is this person's own.
  const typed = state.me ? "" : $("text").value;
  state.me = person;
  $("dialog").close();
  state.messages = new Map();
  state.unread.clear();
  for (const timer of state.typing.values()) clearTimeout(timer);
  state.typing.clear();
  [state.said, state.recalled] = [[], 0];
  $("text").value = typed;
  state.drafts.clear();
  $("toasts").replaceChildren();
  const wanted = state.place?.id ?? asked.get("place");
  state.place = person.places.find((place) => place.id === wanted) ?? person.places[0];
  listen();
  enter(state.place);
}

// --- drawing ---

/** Reloading the page, or sending its address on, keeps who, where and how. */
function remember() {
  const kept = { lang: state.lang, person: state.me.id, place: state.place.id };
  if (state.chosenTheme) kept.theme = state.chosenTheme;
  history.replaceState(null, "", `?${new URLSearchParams(kept)}`);
}

function draw(toEnd = false) {
  if (!state.me) return;
  remember();
  document.documentElement.lang = state.lang;
  document.documentElement.dataset.theme = theme();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const button of $("languages").children) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  }
  const labels = {
    languages: "language", theme: "theme", "rail-open": "openRail", "rail-close": "closeRail",
    send: "send", suggestions: "suggestions", messages: "messages", rail: "conversations",
  };
  for (const [id, key] of Object.entries(labels)) $(id).setAttribute("aria-label", say(key));
  for (const id of ["theme", "send"]) $(id).title = say(labels[id]);
  panel.draw();
  dialog.draw();
  drawRail();
  drawHeader();
  drawBanner();
  drawComposer();
  drawMessages(toEnd);
  drawTyping();
}

function nameOf(place) {
  return place.kind === "personal" ? "Mail Trace" : place.names[state.lang];
}

function pictureOf(place) {
  return place.kind === "personal" ? icon("bot", "bot-icon") : make("span", "place-icon", icon(place.kind));
}

function drawRail() {
  const focused = document.activeElement?.dataset?.testid;
  $("people").replaceChildren(
    ...state.people.map((person, index) =>
      make("button", "row", [
        avatar(person.name, index),
        make("span", "two", [make("b", "", person.name), make("small", "", say(person.role))]),
      ], {
        type: "button", role: "radio", "aria-checked": String(person === state.me), title: person.mail,
        tabindex: person === state.me ? "0" : "-1",
        "data-testid": `person-${person.id}`, onclick: () => become(person),
      }),
    ),
  );
  $("places").replaceChildren(
    ...state.me.places.map((place) => {
      const count = state.unread.get(place.id);
      return make("button", "row", [
        pictureOf(place),
        make("span", "two", [make("b", "", nameOf(place)), make("small", "", say(place.kind))]),
        count ? make("span", "badge", String(count), { "aria-label": say("unread", { count }) }) : null,
      ], {
        type: "button", "aria-current": place.id === state.place.id ? "page" : null,
        "data-testid": `place-${place.id}`, onclick: () => enter(place),
      });
    }),
  );
  if (focused) document.querySelector(`#rail [data-testid="${CSS.escape(focused)}"]`)?.focus();
  $("rail-open").classList.toggle("has-news", [...state.unread.values()].some(Boolean));
}

function drawHeader() {
  const { place } = state;
  $("place-icon").replaceChildren(pictureOf(place));
  $("place-name").textContent = nameOf(place);
  const names = state.people.filter((person) => person.places.some((its) => its.id === place.id));
  const facts = { kind: say(place.kind), names: [...names.map((person) => person.name), "Mail Trace"].join(", ") };
  $("place-about").textContent = place.kind === "personal" ? say("personalAbout") : say("members", facts);
  $("place-about").title = $("place-about").textContent;
  document.title = `${nameOf(place)} | ${state.me.name}`;
}

function drawBanner() {
  const text = state.lost
    ? say("lost")
    : state.problem
      ? errorWord(state.lang, state.problem)
      : state.hasRenderer
        ? ""
        : say("noRenderer");
  $("banner").textContent = text;
  $("banner").hidden = !text;
}

function drawMessages(toEnd = false) {
  const scroll = $("scroll");
  const { lang, me, people, place } = state;
  const here = [...state.messages.values()].filter((message) => message.place === place.id);
  list.show(here, { lang, me, people, place, theme: theme() });
  $("empty").hidden = here.length > 0;
  $("empty-text").textContent = say(place.kind === "personal" ? "emptyText" : "emptyShared");
  if (toEnd) state.atEnd = true;
  keepEnd();
}

/** Whoever reads the end stays there when something grows. */
function keepEnd() {
  const scroll = $("scroll");
  if (state.atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function drawTyping() {
  const on = state.typing.has(state.place?.id);
  if ($("typing").hidden === !on) return;
  $("typing").hidden = !on;
  keepEnd();
}

function drawComposer() {
  const shared = state.place.kind !== "personal";
  const box = $("text");
  const mention = $("mention");
  mention.hidden = !shared;
  mention.classList.toggle("off", !state.mention);
  mention.replaceChildren(state.mention ? MENTION : say("addMention", { mention: MENTION }));
  if (state.mention) mention.append(icon("close"));
  mention.setAttribute("aria-pressed", String(state.mention));
  mention.setAttribute("aria-label", say(state.mention ? "mentionOn" : "mentionOff", { mention: MENTION }));
  const key = state.thread
    ? "composerReply"
    : !shared ? "composer" : state.mention ? "composerShared" : "composerPeople";
  box.placeholder = say(key);
  box.setAttribute("aria-label", say(key));
  const unheard = shared && !state.mention && !box.value.startsWith(MENTION);
  $("hint").textContent = say(unheard ? "noMention" : "keys");
  $("hint").classList.toggle("warn", unheard);
  const root = state.thread && [...state.messages.values()].find((message) => message.thread === state.thread);
  $("replying").hidden = !state.thread;
  $("replying").querySelector("span").textContent = root ? say("replyingTo", { name: root.from.name }) : "";
  $("replying").querySelector("button").setAttribute("aria-label", say("cancelReply"));
  $("suggestions").replaceChildren(
    ...(OWN_SUGGESTIONS[state.me.role] ?? SUGGESTIONS)[state.lang].map((text) =>
      make("button", "chip", text, { type: "button", "data-testid": "suggestion", onclick: () => send(text) }),
    ),
  );
  grow();
}

/** The box is as high as its text, up to a third of the window. */
function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, innerHeight / 3)}px`;
  $("send").disabled = !box.value.trim();
}

/** What Teams' notification would say. */
function notify(message) {
  const place = state.me.places.find((its) => its.id === message.place);
  const toast = make("button", "toast", [
    icon("bot", "bot-icon"),
    make("span", "two", [make("b", "", nameOf(place)), make("small", "", headline(message, state.lang))]),
  ], {
    type: "button",
    onclick: () => {
      toast.remove();
      enter(place);
    },
  });
  $("toasts").append(toast);
  setTimeout(() => toast.remove(), TOAST_LASTS);
}

// --- the start ---

function wire() {
  const box = $("text");
  $("compose").addEventListener("submit", async (event) => {
    event.preventDefault();
    await begun;
    const text = box.value;
    if (!text.trim()) return;
    box.value = "";
    send(text);
    box.focus();
  });
  box.addEventListener("input", () => {
    grow();
    if (state.place && state.place.kind !== "personal" && !state.mention) drawComposer();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("compose").requestSubmit();
    } else if (event.key === "Escape" && state.thread) {
      state.thread = null;
      drawComposer();
    } else if (event.key === "ArrowUp" && state.recalled > 0 && ["", state.said[state.recalled]].includes(box.value)) {
      event.preventDefault();
      box.value = state.said[--state.recalled];
      grow();
    }
  });
  $("mention").addEventListener("click", () => {
    state.mention = !state.mention;
    drawComposer();
    box.focus();
  });
  $("replying").querySelector("button").addEventListener("click", () => {
    state.thread = null;
    drawComposer();
    box.focus();
  });
  for (const button of $("languages").children) {
    button.addEventListener("click", () => {
      state.lang = button.dataset.lang;
      draw();
    });
  }
  $("theme").addEventListener("click", () => {
    state.chosenTheme = theme() === "dark" ? "light" : "dark";
    draw();
  });
  dark.addEventListener("change", () => draw());
  $("people").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = state.people.indexOf(state.me);
    if (!step) return;
    event.preventDefault();
    become(state.people[(at + step + state.people.length) % state.people.length]);
    $("people").querySelector('[aria-checked="true"]').focus();
  });
  const rail = (open) => () => {
    document.body.classList.toggle("rail-open", open);
    $(open ? "rail-close" : "rail-open").focus();
  };
  $("rail-open").addEventListener("click", rail(true));
  $("rail-close").addEventListener("click", rail(false));
  $("scrim").addEventListener("click", rail(false));
  $("rail").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("rail-open")) rail(false)();
  });
  const scroll = $("scroll");
  scroll.addEventListener("scroll", () => {
    state.atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  }, { passive: true });
  new ResizeObserver(keepEnd).observe(scroll);
  new ResizeObserver(grow).observe($("compose"));
}

wire();
const [company, hasRenderer] = await Promise.all([fetch("/chat/company").then((answer) => answer.json()), prepareCards()]);
state.people = company.people;
state.hasRenderer = hasRenderer;
become(state.people.find((person) => person.id === asked.get("person")) ?? state.people[0]);
begin();
$("text").focus();
