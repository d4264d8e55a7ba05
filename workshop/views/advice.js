// What the exercise says back, as a list that is updated in place.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

/** The questions and results that belong to one field, or to the form as a whole; keyed by advice id. */
class AdviceList {
  constructor(id, words, dismiss) {
    this.node = element("div", { id, class: "ff-advice", "aria-live": "polite" });
    this.words = words;
    this.dismiss = dismiss;
    this.items = new Map();
  }

  paint(advice) {
    const kept = new Set(advice.map(({ id }) => id));
    for (const [id, item] of this.items) {
      if (kept.has(id)) continue;
      item.node.remove();
      this.items.delete(id);
    }
    advice.forEach((one, n) => {
      if (!this.items.has(one.id)) this.items.set(one.id, this.build(one));
      const item = this.items.get(one.id);
      setText(item.text, one.text);
      const quotes = (one.quotes ?? []).join("\n");
      if (item.quotes.dataset.quotes !== quotes) {
        item.quotes.dataset.quotes = quotes;
        item.quotes.replaceChildren(...(one.quotes ?? []).flatMap((quote) => [" ", element("q", {}, quote)]));
      }
      item.button?.setAttribute("aria-label", `${this.words.dismiss}: ${one.text}`);
      if (this.node.children[n] !== item.node) this.node.insertBefore(item.node, this.node.children[n] ?? null);
    });
  }

  build({ id, kind, dismissable }) {
    const text = element("span");
    const quotes = element("span", { class: "ff-quotes" });
    const button = dismissable
      ? element("button", { type: "button", class: "ff-quiet", onclick: () => this.dismiss(id) }, this.words.dismiss)
      : null;
    return { text, quotes, button, node: element("div", { class: `ff-${kind}` }, element("p", {}, text, quotes), button) };
  }
}
