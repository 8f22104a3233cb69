// Adaptive Cards, drawn by Microsoft's renderer in the colours of the theme.

let hosts = null;
let markdown = null;

/** Load the host configurations; false when the renderer itself did not arrive. */
export async function prepareCards() {
  const { AdaptiveCards, markdownit } = window;
  if (!AdaptiveCards || !markdownit) return false;
  const [light, dark] = await Promise.all(
    ["light", "dark"].map(async (theme) => (await fetch(`/page/host-${theme}.json`)).json()),
  );
  hosts = { light, dark };
  // what Teams' cards know of Markdown: emphasis, lists and links
  markdown = markdownit({ html: false, breaks: false }).disable([
    "heading", "lheading", "table", "image", "code", "fence", "blockquote", "backticks", "hr",
  ]);
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(named(text));
    result.didProcess = true;
  };
  return true;
}

/** *text* with the people it mentions in bold, as markdown. */
function named(text) {
  return text.replace(/<at>(.*?)<\/at>/g, "**@$1**");
}

/** A bot's own text as nodes: markdown without html, mentions in bold. */
export function drawText(text) {
  const holder = document.createElement("div");
  holder.className = "markdown";
  if (!window.markdownit) {
    holder.textContent = text;
    return holder;
  }
  const html = window.markdownit({ html: false, breaks: true, linkify: false }).disable("image").render(named(text));
  holder.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const link of holder.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return holder;
}

/** Open a link in a tab of its own, if it is one that a chat client would open. */
export function openLink(url) {
  if (/^(https?|mailto):/i.test(url ?? "")) window.open(url, "_blank", "noopener,noreferrer");
}

/** *content* as an element; *more* names the menu of further actions, *act* hears of Action.Execute and Action.Submit. Null when it cannot be drawn. */
export function drawCard(content, theme, more, act) {
  const { AdaptiveCards } = window;
  if (!hosts || !content) return null;
  AdaptiveCards.Strings.defaults.overflowButtonTooltip = () => more;
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hosts[theme]);
  card.onExecuteAction = (action) => {
    const type = action.getJsonTypeName();
    if (type === "Action.OpenUrl") openLink(action.url);
    else if (type === "Action.Execute" || type === "Action.Submit") {
      act({ type, title: action.title, verb: action.verb, data: action.data });
    }
  };
  // what a button unfolds may lie below the view
  card.onElementVisibilityChanged = (element) => {
    if (!element.isVisible) return;
    requestAnimationFrame(() => element.renderedElement?.scrollIntoView({ block: "nearest" }));
  };
  card.onAnchorClicked = (_, anchor) => {
    openLink(anchor.href);
    return true;
  };
  try {
    card.parse(content, new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_6));
    return card.render() ?? null;
  } catch {
    return null;
  }
}
