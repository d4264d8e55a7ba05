// A repeating group as a board: its rows stand in an order or under themes, and take votes.
// An order is a way to look at the rows: it changes no answer, is kept nowhere, and moves rows only when somebody asks.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

/** Words that differ in capitals and spaces only are one theme. */
const themeKey = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();

/** The votes beside a folded row, and two buttons that count them. The number is an ordinary field of the row. */
class VotesView {
  constructor(form, field, name, say) {
    Object.assign(this, { form, field, name, say });
    const { words } = form;
    const button = (sign, step, label) => element("button",
      { type: "button", "aria-label": fill(label, { label: field.label, name }), onclick: () => this.count(step) }, sign);
    this.shown = element("span", { class: "ff-count" });
    this.node = element("div", { class: "ff-votes", role: "group" },
      button("−", -1, words.vote_less), this.shown, button("+", 1, words.vote_more));
  }

  get number() {
    return this.form.fields.get(this.field.name).control.read() ?? 0;
  }

  get sentence() {
    return fill(this.form.words.voted, { label: this.field.label, name: this.name, n: this.number });
  }

  /** The last vote taken back leaves nothing behind, not even a zero. */
  count(step) {
    const number = Math.min(Math.max(this.number + step, this.field.minimum ?? 0), this.field.maximum ?? Infinity);
    this.form.put(this.field.name, number || null);
    this.form.outbox.flush();
    this.form.paintRows();
    this.say(this.sentence);
  }

  paint(hidden) {
    this.node.hidden = hidden;
    if (this.node.ariaLabel === this.sentence) return;
    setText(this.shown, String(this.number));
    this.node.setAttribute("aria-label", this.sentence);
  }
}

class BoardView {
  /** `rows` are those of a RowsView, as they were written; a column is its place among a row's fields. */
  constructor(form, rows, id) {
    Object.assign(this, { form, rows, heaps: [] });
    const { fields } = rows[0].group;
    this.theme = fields.findIndex(({ role }) => role === "theme");
    this.votes = fields.findIndex(({ role }) => role === "votes");
    this.themes = element("datalist", { id: `${id}-themes` });
    this.said = element("div", { class: "ff-said", "aria-live": "polite" });
    const head = this.head(fields, `${id}-order`);
    rows.forEach((row) => this.equip(row));
    this.list = element("div", {}, ...rows.map(({ node }) => node));
    this.node = element("div", {}, head, this.list, this.themes, this.said);
  }

  head(fields, id) {
    const { words } = this.form;
    const columns = fields.map(({ label, order }, column) => ({ label: fill(words[`order_${order}`], { label }), column, order }));
    const themes = fields.filter(({ role }) => role === "theme").map(({ label }) => ({ label: fill(words.order_theme, { label }) }));
    this.orders = [{ label: words.order_written }, ...columns.filter(({ order }) => order), ...themes];
    this.select = element("select", { id, onchange: () => this.arrange() },
      ...this.orders.map(({ label }, n) => element("option", { value: n }, label)));
    this.again = element("button", { type: "button", hidden: true, onclick: () => this.arrange() }, words.order_again);
    const fold = element("button", { type: "button", onclick: () => this.rows.forEach((row) => (row.fold.open = false)) }, words.fold_all);
    return element("div", { class: "ff-board" }, element("label", { for: id }, words.order), this.select, this.again, fold);
  }

  /** Gives a row what the board shows of it: its theme on its head, its votes beside it. */
  equip(row) {
    if (this.theme >= 0) {
      row.theme = element("span", { class: "ff-theme" });
      row.gist.after(row.theme);
      const { input } = this.form.fields.get(row.names[this.theme]).control;
      input.setAttribute("list", this.themes.id);
      input.removeAttribute("autocomplete"); // some browsers would offer nothing
      input.addEventListener("focus", () => this.offer(row));
    }
    if (this.votes >= 0) {
      row.votes = new VotesView(this.form, row.group.fields[this.votes], row.group.title, (text) => this.say(text));
      row.node = element("div", { class: "ff-voted" }, row.fold, row.votes.node);
    }
  }

  /** Says it even if the same was said before. */
  say(text) {
    this.said.replaceChildren(text);
  }

  read(row, column) {
    return this.form.fields.get(row.names[column]).control.read() ?? null;
  }

  /** The words of the other rows, so that one theme is written in one way. */
  offer(row) {
    const used = this.gathered(this.rows.filter((other) => other !== row)).filter(({ name }) => name);
    this.themes.replaceChildren(...used.map(({ name }) => element("option", { value: name })));
  }

  // ----- orders

  arrange() {
    const order = this.orders[this.select.selectedIndex];
    const byTheme = order.column === undefined && order !== this.orders[0];
    this.heaps = byTheme ? this.gathered(this.rows).map((heap) => this.headed(heap)) : [];
    const nodes = byTheme ? this.heaps.flatMap(({ head, rows }) => [head, ...rows.map(({ node }) => node)])
      : this.sorted(this.rows, order).map(({ node }) => node);
    // A node that is moved loses the focus, and on a touch screen a button doesn't take it.
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    this.list.replaceChildren(...nodes);
    focused?.focus({ preventScroll: true });
    this.again.hidden = order === this.orders[0];
    this.form.paintRows();
    const top = this.list.querySelector(":scope > :not([hidden])");
    this.say(fill(this.form.words.ordered, { order: order.label, name: (top.querySelector("summary") ?? top).textContent }));
  }

  /** The rows by a column; what has nothing to go by stands last, and equals stay as written. */
  sorted(rows, { column, order }) {
    if (column === undefined) return rows;
    const { moments = {} } = this.form.model.get("state");
    // Only Python reads days, so a day counts as it was when it was last saved.
    const value = (row) => (order === "earliest" ? moments[row.names[column]] : this.read(row, column)) ?? null;
    const rank = new Map(rows.map((row) => [row, value(row) === null ? Infinity : order === "earliest" ? value(row) : -value(row)]));
    return [...rows].sort((a, b) => (rank.get(a) > rank.get(b)) - (rank.get(a) < rank.get(b)));
  }

  /** Rows by theme, the theme with most votes first and so within each; rows without a theme at the end. */
  gathered(rows) {
    const heaps = new Map();
    for (const row of this.votes < 0 ? rows : this.sorted(rows, { column: this.votes, order: "highest" })) {
      const name = this.read(row, this.theme) ?? "";
      const heap = heaps.get(themeKey(name)) ?? { name: name.trim(), rows: [] };
      heaps.set(themeKey(name), heap);
      heap.rows.push(row);
    }
    const none = heaps.get("") ?? { name: "", rows: [] };
    heaps.delete("");
    return [...[...heaps.values()].sort((a, b) => this.sum(b.rows) - this.sum(a.rows)), none];
  }

  sum(rows) {
    return rows.reduce((sum, { votes }) => sum + (votes?.number ?? 0), 0);
  }

  headed(heap) {
    const { words } = this.form;
    const { label } = this.rows[0].group.fields[this.theme];
    const count = element("span");
    const head = element("h4", {}, heap.name || fill(words.theme_none, { label }), " ", count);
    return { ...heap, head, count };
  }

  paint(shown, locked) {
    const headings = new Map(this.heaps.flatMap(({ name, rows }) => rows.map((row) => [row, themeKey(name)])));
    for (const row of this.rows) {
      row.votes?.paint(!shown.has(row) || locked.includes(row.names[this.votes]));
      if (this.theme < 0) continue;
      const theme = this.read(row, this.theme) ?? "";
      setText(row.theme, themeKey(theme) === headings.get(row) ? "" : theme); // a heading says it already
    }
    const { words } = this.form;
    for (const { head, count, rows } of this.heaps) {
      const there = rows.filter(({ node }) => !node.hidden);
      head.hidden = !there.length;
      const counts = [fill(words.theme_rows, { n: there.length })];
      if (this.votes >= 0) counts.push(fill(words.theme_votes, { label: this.rows[0].group.fields[this.votes].label, n: this.sum(there) }));
      setText(count, counts.join(", "));
    }
  }
}
