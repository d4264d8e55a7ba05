// What the tests measure on a page. "Ours" is what the course puts there: outputs and rendered Markdown.

const OURS = ".jp-Notebook .jp-OutputArea-output, .jp-Notebook .jp-MarkdownOutput";
const CONTROLS = "input, textarea, select, button, summary, progress, label.ff-box";
const SCROLLS_BY_ITSELF = ".ff-table, .dataframe, pre, .jp-RenderedHTMLCommon > table"; // data and code may

const ours = (selector) => [...document.querySelectorAll(OURS)]
  .filter((part) => part.checkVisibility())
  .flatMap((part) => [...part.querySelectorAll(selector)].map((node) => [node, part]))
  .filter(([node]) => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 0);

const named = (node) => `${node.tagName.toLowerCase()}.${node.className} "${(node.getAttribute("aria-label") ?? node.textContent ?? "").trim().slice(0, 60)}"`;

/** A colour as [red, green, blue, alpha], each 0 to 1, whatever way CSS wrote it. */
function colour(css) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
}

const over = ([r, g, b, a], below) => [r, g, b].map((value, n) => value * a + below[n] * (1 - a));

/** The colour behind a node: the backgrounds of all that it stands on, laid over each other. */
function ground(node) {
  const layers = [];
  for (let at = node; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, layer) => over(layer, below), [1, 1, 1]);
}

const light = (rgb) => rgb
  .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  .reduce((sum, value, n) => sum + value * [0.2126, 0.7152, 0.0722][n], 0);

function contrast(one, other) {
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

window.measure = {
  /** What is wider than the place it has: the notebook, a form or chart, or a control. */
  tooWide() {
    const found = [...document.querySelectorAll(".jp-Notebook, .jp-WindowedPanel-outer")]
      .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1)
      .map((node) => `the notebook scrolls sideways: ${node.scrollWidth} in ${node.clientWidth}`);
    for (const [node, part] of ours("*")) {
      if (node.closest(SCROLLS_BY_ITSELF) || node.closest(".ff-spoken")) continue;
      const { left, right } = node.getBoundingClientRect(), box = part.getBoundingClientRect();
      if (left < box.left - 1 || right > box.right + 1) found.push(`beyond its place: ${named(node)}`);
      if (node.matches("button, .ff-box") && node.scrollWidth > node.clientWidth + 1) found.push(`cut off: ${named(node)}`);
    }
    return found;
  },

  /** Tables that scroll within themselves and can't be reached by keyboard, or don't say what they are. */
  silentScrollers() {
    return ours(".ff-form *, .ff-table, .ff-chart")
      .filter(([node]) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1)
      .filter(([node]) => !node.matches("textarea, input") && !(node.tabIndex === 0 && node.getAttribute("aria-label") && node.role))
      .map(([node]) => named(node));
  },

  /** Controls that are lower or narrower than `least` pixels. A box's target is its label, which is clicked like it. */
  small(least, within) {
    return ours(CONTROLS)
      .filter(([node]) => node.closest(within) && !node.matches("progress, .ff-box > input"))
      .map(([node]) => [node, node.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < least - 0.01)
      .map(([node, { width, height }]) => `${Math.round(width)} x ${height.toFixed(1)}: ${named(node)}`);
  },

  /** Of each kind of control, one that shows no ring when the keyboard brings the focus there, or too pale a one. */
  paleRings() {
    const kinds = ["input[type=text]", "textarea", "input[type=radio]", "input[type=checkbox]", "input[type=range]",
      "button:not(.ff-quiet)", "button.ff-quiet", ".ff-timer button", ".ff-row > summary", ".ff-missing > summary",
      ".ff-results summary", ".jp-MarkdownOutput summary", ".ff-table", ".ff-results .ff-table"];
    const seen = [], pale = [];
    for (const kind of kinds) {
      const [node] = ours(kind).map(([each]) => each).filter((each) => !each.disabled);
      if (!node) continue;
      seen.push(kind);
      node.focus();
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
      const behind = ground(node.parentElement);
      const ratio = contrast(over(colour(outlineColor), behind), behind);
      if (!node.matches(":focus-visible") || outlineStyle === "none" || parseFloat(outlineWidth) < 1) pale.push(`no ring: ${kind}`);
      // "auto" is the browser's own ring: two lines, a dark and a bright one.
      else if (outlineStyle !== "auto" && ratio < 3) pale.push(`${ratio.toFixed(2)}: ${kind}`);
    }
    document.activeElement.blur();
    return { seen, pale };
  },

  /** Ids that stand twice, references that lead nowhere, and headings that skip a level. */
  muddle() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id), known = new Set(ids);
    const twice = ids.filter((id, n) => ids.indexOf(id) !== n && document.getElementById(id).closest(OURS));
    const astray = ours("[for], [aria-labelledby], [aria-describedby], [aria-controls]").flatMap(([node]) =>
      ["for", "aria-labelledby", "aria-describedby", "aria-controls"]
        .flatMap((name) => (node.getAttribute(name) ?? "").split(" ").filter((id) => id && !known.has(id)))
        .map((id) => `${named(node)} -> ${id}`));
    const headings = ours("h1, h2, h3, h4, h5, h6").map(([node]) => [Number(node.tagName[1]), node.textContent]);
    const skipped = headings.filter(([level], n) => n && level > headings[n - 1][0] + 1).map(([level, text]) => `h${level} ${text}`);
    return { twice, astray, skipped };
  },
};
