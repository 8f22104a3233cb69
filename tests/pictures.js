// Draws a card with Microsoft's renderer and looks for what a reader would stumble over.
(() => {
  const A = window.AdaptiveCards;
  const markdown = window.markdownit({ html: false });
  A.AdaptiveCard.onProcessMarkdown = (text, result) => {
    // As Teams shows who is mentioned.
    result.outputHtml = markdown.render(text.replace(/<at>(.*?)<\/at>/g, "**@$1**"));
    result.didProcess = true;
  };
  document.documentElement.style.height = document.body.style.height = "auto";
  document.body.style.overflow = "visible";

  /** *content* in a frame of *width* pixels; pushes onto *complaints* what the renderer objects to. */
  window.draw = (content, theme, width, complaints) => {
    document.documentElement.dataset.theme = theme;
    const frame = document.createElement("div");
    frame.className = "card full";
    frame.style.width = `${width}px`;
    const card = new A.AdaptiveCard();
    card.hostConfig = new A.HostConfig(window.hosts[theme]);
    const context = new A.SerializationContext(A.Versions.v1_5);
    card.parse(structuredClone(content), context);
    for (let i = 0; i < context.eventCount; i++) complaints.push(context.getEventAt(i).message);
    // its pattern for `lang` remembers where it stopped, and so refuses every other card
    complaints.splice(0, complaints.length, ...complaints.filter((c) => !c.endsWith('for property "lang".')));
    for (const event of card.validateProperties().validationEvents) {
      // It counts those behind "…" too; tests/cards/test_schema.py counts what shows.
      if (event.event !== A.ValidationEvent.TooManyActions) complaints.push(event.message);
    }
    frame.append(card.render());
    return frame;
  };

  /** Draw one card alone and look at it. */
  window.measure = (content, theme, width) => {
    const complaints = [];
    const frame = window.draw(content, theme, width, complaints);
    document.body.replaceChildren(frame);
    const tags = [...new Set([...frame.querySelectorAll("*")].map((e) => e.tagName.toLowerCase()))];
    return { complaints, tags, text: frame.innerText, wide: tooWide(frame), pale: tooPale(frame), height: frame.offsetHeight };
  };

  /** Draw many cards at once, for a contact sheet: a column for each list of *columns*. */
  window.lay = (columns, theme, width) => {
    const sheet = document.createElement("div");
    sheet.id = "sheet";
    sheet.style.cssText = `display:flex;gap:20px;padding:20px;width:max-content;background:var(--bg)`;
    for (const cards of columns) {
      const column = document.createElement("div");
      column.style.cssText = `display:grid;gap:20px;align-content:start;width:${width}px`;
      column.append(...cards.map((content) => window.draw(content, theme, width, [])));
      sheet.append(column);
    }
    document.body.replaceChildren(sheet);
  };

  function tooWide(frame) {
    const edge = frame.getBoundingClientRect();
    const found = [];
    for (const element of frame.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (!box.width || element.closest("select")) continue;
      const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
        && getComputedStyle(element).display !== "inline" && element.tagName !== "INPUT";
      if (box.left < edge.left - 0.5 || box.right > edge.right + 0.5 || cut) found.push(label(element));
    }
    return found;
  }

  function tooPale(frame) {
    const found = [];
    const texts = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !element.getClientRects().length) continue;
      // an emoji brings its own colours; the word beside it carries the meaning
      if (!/[\p{L}\p{N}]/u.test(texts.currentNode.data)) continue;
      const ratio = contrast(element);
      if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${label(element)}`);
    }
    return found;
  }

  function contrast(element) {
    let behind = [255, 255, 255, 1];
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(e);
    for (const e of chain) behind = over(colour(getComputedStyle(e).backgroundColor), behind);
    const own = over(colour(getComputedStyle(element).color), behind);
    const [a, b] = [luminance(own), luminance(behind)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }

  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const colours = new Map();

  function colour(css) {
    if (!colours.has(css)) colours.set(css, paint(css));
    return colours.get(css);
  }

  function paint(css) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = css;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  function over([r, g, b, a], [x, y, z]) {
    return [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  }

  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }

  function label(element) {
    return `${element.tagName.toLowerCase()}.${element.className} ${JSON.stringify((element.innerText ?? "").slice(0, 50))}`;
  }
})();
