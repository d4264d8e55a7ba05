// A group that repeats: one risk, one action a row. Each row folds; spare rows stay out of sight until asked for.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

class RowsView {
  /** `groups` are the rows of one repeating group, in order; `form` builds their fields and takes their values. */
  constructor(form, groups, id) {
    this.form = form;
    this.shown = new Set(); // rows that were asked for or held something: emptied word by word, a row must not vanish
    this.painted = false;
    this.rows = groups.map((group, n) => this.build(group, `${id}-row-${n}`));
    this.board = groups[0].fields.some(({ role, order }) => role || order) ? new BoardView(form, this.rows, id) : null;
    this.more = element("button", { type: "button", onclick: () => this.add() });
    this.undo = element("span", { class: "ff-undo", "aria-live": "polite" });
    this.node = element("div", { class: "ff-group ff-rows" },
      prose(groups[0].help, { class: "ff-prose" }),
      ...(this.board ? [this.board.node] : this.rows.map(({ node }) => node)),
      element("div", { class: "ff-actions" }, this.more, this.undo));
  }

  build(group, id) {
    const { words } = this.form;
    const gist = element("span", { class: "ff-gist" });
    const asks = element("span", { class: "ff-asks" });
    const summary = element("summary", { id }, element("b", {}, group.title), gist, asks);
    const remove = element("button", { type: "button", class: "ff-quiet", onclick: () => this.remove(row) },
      fill(words.remove_row, { name: group.title }));
    const body = element("div", { class: "ff-row-body", role: "group", "aria-labelledby": id },
      ...group.fields.map((field) => this.form.field(field)));
    const row = { group, gist, asks, remove, names: group.fields.map(({ name }) => name) };
    row.node = row.fold = element("details", { class: "ff-row" }, summary, body, remove);
    return row;
  }

  values({ names }) {
    return names.map((name) => this.form.fields.get(name).control.read() ?? null);
  }

  /** Also where something stands that is no value yet: a row must not vanish under whoever writes in it. */
  begun({ names }) {
    return names.some((name) => this.form.fields.get(name).control.read() !== null);
  }

  paint({ locked, advice, missing }) {
    for (const row of this.rows) {
      const begun = this.begun(row);
      if (begun) this.shown.add(row);
      row.node.hidden = row.group.spare && !this.shown.has(row);
      setText(row.gist, this.gist(row));
      const asks = advice.filter(({ field, kind }) => kind === "ask" && row.names.includes(field)).length;
      setText(row.asks, asks ? fill(this.form.words.row_asks, { n: asks }) : "");
      row.remove.hidden = !begun || locked.includes(row.names[0]);
    }
    this.board?.paint(this.shown, locked);
    const next = this.rows.find(({ node }) => node.hidden);
    this.more.hidden = !next || locked.includes(this.rows[0].names[0]);
    if (next) setText(this.more, fill(this.form.words.add_row, { name: next.group.title }));
    if (this.painted) return;
    this.painted = true;
    const open = this.rows.find(({ node, names }) => !node.hidden && names.some((name) => missing.includes(name)));
    (open ?? this.rows[0]).fold.open = true;
  }

  /** The row's first answer, by which people know it again. A day or a number alone says too little: more follows it. */
  gist(row) {
    const texts = [];
    for (const name of row.names) {
      const { field, control } = this.form.fields.get(name);
      const value = control.read();
      if (value === null || value === undefined) continue;
      texts.push(field.choices.find((choice) => choice.value === value)?.label ?? String(value));
      if (!field.order) break;
    }
    return texts.join(": ");
  }

  add() {
    const row = this.rows.find(({ node }) => node.hidden);
    this.shown.add(row);
    row.node.hidden = false;
    this.form.show(row.names[0]);
    this.form.paintRows();
  }

  /** Takes every answer of the row back, and offers to bring them all back. */
  remove(row) {
    const values = this.values(row);
    this.shown.delete(row);
    const write = (each) => {
      row.names.forEach((name, n) => this.form.put(name, each[n]));
      this.undo.replaceChildren();
      this.form.outbox.flush();
      this.form.paintRows();
    };
    write(values.map(() => null));
    const back = element("button", { type: "button", class: "ff-quiet", onclick: () => {
      write(values);
      this.form.show(row.names[0]);
    } }, this.form.words.undo_row);
    this.undo.replaceChildren(fill(this.form.words.removed_row, { name: row.group.title }), " ", back);
    back.focus();
  }
}
