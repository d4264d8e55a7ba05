// The form: native controls, built once and updated in place, so that focus, selection and scroll are never lost.
// Sentences come from Python (spec.words, labels, help, advice); none is written here.

let formsBuilt = 0; // keeps element ids apart when one page holds several forms

class FormView {
  constructor(model, outbox) {
    this.model = model;
    this.outbox = outbox;
    this.spec = model.get("spec");
    this.words = this.spec.words;
    this.id = `ff-${(formsBuilt += 1)}-${freshId().slice(0, 8)}`;
    this.fields = new Map(); // name -> {field, control, shown, problem, advice, refused}
    this.asked = new Set(); // actions of this window that Python has not answered
    this.node = this.build();
  }

  // ----- building

  build() {
    const { title, intro, groups, actions, timers } = this.spec;
    const button = (label, onclick) => element("button", { type: "button", onclick }, label);
    this.notice = element("p", { class: "ff-notice" });
    this.timer = timers?.length ? new TimerView(timers, this.words) : null;
    this.results = element("div", { class: "ff-results" });
    this.advice = this.adviceList("", `${this.id}-advice`);
    this.summary = element("summary");
    this.open = element("ul");
    this.missing = element("details", { class: "ff-missing", hidden: true }, this.summary, this.open);
    this.buttons = new Map(actions.map(({ name, label }) => [name, button(label, () => this.act(name))]));
    this.outcome = element("p", { class: "ff-outcome", "aria-live": "polite" });
    this.failure = element("p", { class: "ff-outcome ff-failed", role: "alert" });
    this.alarm = element("p", { class: "ff-alarm", role: "alert" });
    this.length = this.spec.length ? element("p", { id: `${this.id}-length`, class: "ff-length" }) : null;
    // The line changes with every save; what is said of it, in `spoken`, only when there is something new to say.
    this.status = element("p", { class: "ff-status", role: "status", "aria-live": "off" });
    this.spoken = element("p", { class: "ff-spoken", "aria-live": "polite" });
    this.copied = element("span", { class: "ff-copied", "aria-live": "polite" });
    this.rescue = element("div", { class: "ff-rescue", hidden: true },
      button(this.words.retry, () => this.outbox.resend()), button(this.words.copy, () => this.copy()), this.copied);
    const node = element("section", { class: "ff-form", "aria-labelledby": `${this.id}-title`, tabindex: -1 },
      element("h3", { id: `${this.id}-title` }, title),
      prose(intro, { class: "ff-prose" }),
      this.timer?.node ?? null,
      this.notice,
      ...this.groups(groups),
      this.results,
      this.advice.node,
      this.missing,
      actions.length ? element("div", { class: "ff-actions" }, ...this.buttons.values()) : null,
      this.outcome,
      this.failure,
      element("div", { class: "ff-bar" }, this.status, this.spoken, this.length, this.alarm, this.rescue));
    keepKeysInside(node);
    return node;
  }

  /** Each group, and each run of rows of one repeating group as one. */
  groups(groups) {
    this.rows = [];
    const nodes = [];
    for (const [n, group] of groups.entries()) {
      const id = `${this.id}-group-${n}`;
      if (!group.rows) nodes.push(this.group(group, id));
      else if (group.row === 1) {
        const rows = new RowsView(this, groups.filter(({ rows }) => rows === group.rows), id);
        this.rows.push(rows);
        nodes.push(rows.node);
      }
    }
    return nodes;
  }

  group({ title, help, fields }, id) {
    return element("div", { class: "ff-group", role: title ? "group" : null, "aria-labelledby": title ? id : null },
      title ? element("h4", { id }, title) : null,
      prose(help, { class: "ff-prose" }),
      ...fields.map((field) => this.field(field)));
  }

  field(field) {
    const id = `${this.id}-field-${field.name}`;
    const changed = () => this.changed(field.name);
    const left = () => this.left(field.name);
    const build = { choice: choiceControl, commit: commitControl, slider: sliderControl }[field.kind] ?? textControl;
    const control = build(field, id, field.kind in { choice: 0, commit: 0 } ? left : changed, left, this.words);
    const optional = field.optional ? element("span", { class: "ff-optional" }, ` ${this.words.optional}`) : null;
    const label = { choice: () => element("legend", { id: `${id}-label` }, field.label, optional), commit: () => null }[field.kind]
      ?? (() => element("label", { for: id }, field.label, optional));
    const help = prose(field.help, { id: `${id}-help`, class: "ff-prose ff-help" });
    const problem = element("p", { id: `${id}-problem`, class: "ff-problem", role: "alert" });
    const advice = this.adviceList(field.name, `${id}-advice`);
    const counted = this.spec.length?.fields.includes(field.name) && `${this.id}-length`;
    const unit = field.unit && field.kind !== "slider" ? `${id}-unit` : null; // a slider says its unit with each value
    const described = [help && `${id}-help`, unit, `${id}-problem`, `${id}-advice`, counted];
    control.input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
    this.fields.set(field.name, { field, control, problem, advice, shown: null, refused: undefined });
    const frame = control.frame ?? element("div");
    frame.classList.add("ff-field", `ff-${field.kind}`);
    frame.dataset.field = field.name;
    const parts = field.kind === "commit" ? [control.node, help] : [label(), help, control.node];
    frame.append(...parts.filter(Boolean), problem, advice.node);
    return frame;
  }

  adviceList(name, id) {
    return new AdviceList(id, this.words, (advice) => {
      this.post({ type: "dismiss", advice });
      if (this.fields.has(name)) this.show(name);
      else this.node.focus();
    });
  }

  // ----- from the participant

  changed(name) {
    const { control } = this.fields.get(name);
    const value = control.read();
    if (value !== undefined) this.take(name, value);
    this.feedBack();
  }

  /** A field has its value for now: it was left, or something was chosen. */
  left(name) {
    const { field, control } = this.fields.get(name);
    const value = control.read();
    // A promise locks the answers before it, so all of them go ahead of it.
    if (field.kind === "commit") this.outbox.flush({ all: true });
    if (value === undefined) this.sayWhyNot(name);
    else this.take(name, value);
    this.outbox.flush();
    this.feedBack();
  }

  /** What stands in the field is no value for it, and the front end can tell. */
  sayWhyNot(name) {
    const { field, control } = this.fields.get(name);
    const problem = control.problem();
    const bound = { too_low: field.minimum, too_high: field.maximum }[problem];
    this.setProblem(name, fill(this.words[problem], { bound: bound === undefined ? "" : withUnit(bound, field) }));
  }

  /** What follows from the answers on screen at once, before Python has seen them. */
  feedBack() {
    this.paintLength();
    this.paintMissing();
    this.paintRows();
    this.paintStatus();
  }

  /** Puts a value on screen and takes it as if it had been typed. */
  put(name, value) {
    this.fields.get(name).control.write(value);
    this.take(name, normal(value));
  }

  /** Brings a field to the reader, out of a folded row if need be. */
  show(name) {
    const { control } = this.fields.get(name);
    const row = control.input.closest("details");
    if (row) row.open = true;
    control.focus();
  }

  take(name, value) {
    const entry = this.fields.get(name);
    if (value === entry.refused) return; // Python has already said why not
    entry.refused = undefined;
    this.setProblem(name, "");
    this.outbox.edit(name, value);
    if (!this.outbox.waiting(name)) entry.shown = value; // back at what is saved
  }

  act(name) {
    this.outbox.flush({ all: true });
    this.tell("");
    this.asked.add(name);
    this.buttons.get(name).setAttribute("aria-busy", "true");
    if (!this.post({ type: "action", name })) this.done({ name, ok: false, text: this.words.unreachable });
  }

  post(message) {
    const posted = this.outbox.post(message);
    this.paintStatus();
    return posted;
  }

  /** Other windows may have answered meanwhile, and a lost connection may be back. */
  refresh() {
    if (document.visibilityState !== "visible") return;
    this.outbox.post({ type: "refresh" });
    if (this.outbox.silent || this.outbox.trouble) this.outbox.resend();
  }

  async copy() {
    const spare = new Set(this.rows.flatMap(({ rows }) => rows.filter(({ node }) => node.hidden).flatMap(({ names }) => names)));
    const answers = [...this.fields].filter(([name]) => !spare.has(name)).map(([name, { field, control }]) => {
      const chosen = field.choices?.find(({ value }) => value === control.read())?.label;
      const text = chosen ?? (field.kind === "commit" ? (control.read() ? "✓" : "") : control.input.value ?? "");
      return `${this.named(name)}\n${text}\n`;
    });
    if (await writeClipboard(answers.join("\n"), this.node)) setText(this.copied, this.words.copied);
  }

  // ----- from Python, by way of the outbox

  progress() {
    keepFocus(this.node, () => this.paintStatus());
  }

  saved(name, value) {
    const entry = this.fields.get(name);
    if (entry && entry.control.read() === value) entry.shown = value;
    this.paint();
  }

  refused({ field, value }, text) {
    const entry = this.fields.get(field);
    if (!entry) return this.tell(text);
    if (entry.control.read() !== value) return; // has been corrected already
    entry.refused = value;
    this.setProblem(field, text);
  }

  done({ name, ok, text }) {
    if (!this.asked.delete(name)) return; // another window asked
    this.buttons.get(name).removeAttribute("aria-busy");
    this.tell(text, ok);
  }

  /** Says how an action went: politely, or as an alarm. */
  tell(text, ok = true) {
    setText(this.outcome, ok ? text : "");
    setText(this.failure, ok ? "" : text);
  }

  // ----- painting

  setProblem(name, text) {
    const { control, problem } = this.fields.get(name);
    setText(problem, text);
    if (text) control.input.setAttribute("aria-invalid", "true");
    else control.input.removeAttribute("aria-invalid");
  }

  /** Shows the answers that wait in the outbox and sends them once more. */
  recover() {
    for (const [name, { control }] of this.fields) {
      const event = this.outbox.waiting(name);
      if (event && control.read() !== event.value) control.write(event.value);
    }
    this.paintRows();
    this.outbox.flush();
  }

  paint() {
    keepFocus(this.node, () => this.paintAll());
  }

  paintAll() {
    const { locked = [], advice = [], notice = "" } = this.model.get("state");
    for (const [name, { control, advice: list }] of this.fields) {
      this.paintValue(name);
      control.lock(locked.includes(name));
      list.paint(advice.filter(({ field }) => field === name));
    }
    this.advice.paint(advice.filter(({ id, field }) => !this.fields.has(field) && !this.saysLength(id)));
    setText(this.notice, notice);
    this.feedBack();
    this.paintResults();
  }

  /** State wins, unless the screen holds something that Python has not seen. */
  paintValue(name) {
    const entry = this.fields.get(name);
    if (this.outbox.waiting(name)) return;
    const value = normal(this.model.get("state").values[name]);
    const onScreen = entry.control.read();
    if (onScreen === value) entry.shown = value;
    else if (onScreen === entry.shown) {
      entry.control.write(value);
      entry.shown = value;
    }
  }

  saysLength(id) {
    return this.spec.length && id in this.spec.length.sentences;
  }

  /** How long the texts are: counted here while an answer is on its way, and as Python has it otherwise. */
  paintLength() {
    if (!this.length) return;
    const { fields, sentences } = this.spec.length;
    let text = this.model.get("state").advice.find(({ id }) => this.saysLength(id))?.text ?? "";
    if (fields.some((name) => this.outbox.waiting(name))) {
      const said = lengthSaid(this.spec.length, Object.fromEntries(fields.map((name) => [name, this.fields.get(name).control.read() ?? ""])));
      text = said ? fill(sentences[`/${said.key}`], said.values) : "";
    }
    setText(this.length, text);
  }

  /** The fields that Python still wants, without those that hold something by now. */
  paintMissing() {
    const open = ([name, { control }]) => missing.has(name) && !isAnswer(control.read());
    const missing = new Set(this.model.get("state").missing);
    const names = [...this.fields].filter(open).map(([name]) => name);
    this.missing.hidden = !names.length;
    setText(this.summary, fill(this.words.open, { n: names.length }));
    if (this.open.dataset.names === names.join()) return;
    this.open.dataset.names = names.join();
    const kept = new Map([...this.open.children].map((item) => [item.dataset.name, item]));
    this.open.replaceChildren(...names.map((name) => {
      return kept.get(name) ?? element("li", { "data-name": name }, element("button", { type: "button", class: "ff-quiet", onclick: () => this.show(name) }, this.named(name)));
    }));
  }

  /** A field's label, with its row where it stands in one. */
  named(name) {
    const row = this.spec.groups.find(({ rows, fields }) => rows && fields.some((field) => field.name === name));
    const { label } = this.fields.get(name).field;
    return row ? `${row.title}: ${label}` : label;
  }

  paintRows() {
    const { locked = [], advice = [], missing = [] } = this.model.get("state");
    for (const rows of this.rows) rows.paint({ locked, advice, missing });
  }

  /** The tables and charts that follow from the answers. What the reader has unfolded stays so, and so does the focus. */
  paintResults() {
    const html = this.model.get("results");
    if (this.drawn === html) return;
    this.drawn = html;
    const open = [...this.results.querySelectorAll("details")].map((node) => node.open);
    const stops = () => [...this.results.querySelectorAll(TAB_STOPS)];
    const focused = stops().indexOf(document.activeElement);
    this.results.innerHTML = html;
    // The form itself keeps keys inside, and lets those go that concern the page.
    this.results.querySelectorAll("[data-lm-suppress-shortcuts]").forEach((node) => node.removeAttribute("data-lm-suppress-shortcuts"));
    this.results.querySelectorAll("details").forEach((node, n) => (node.open = open[n] ?? false));
    stops()[focused]?.focus();
  }

  paintStatus() {
    const { outbox, words } = this;
    const unsent = [...this.fields].filter(([name, { control, shown }]) => !outbox.waiting(name) && control.read() !== shown);
    const written = Object.values(this.model.get("state").values).some(isAnswer);
    const kind = outbox.trouble ? "failed"
      : !outbox.empty ? (outbox.silent ? "unsaved" : "saving")
      : unsent.length ? "except"
      : outbox.recovered ? "recovered"
      : written ? "saved" : "empty";
    const names = unsent.map(([name]) => this.named(name)).join(", ");
    setText(this.alarm, outbox.trouble);
    setText(this.status, fill(words[kind], { n: outbox.recovered, names }));
    this.status.dataset.kind = kind;
    this.rescue.hidden = kind !== "failed" && kind !== "unsaved";
    if (this.rescue.hidden) setText(this.copied, "");
    this.announceWhenSettled(kind);
  }

  /** Nobody wants to hear "saving, saved" after every word: speaks once all is quiet, and never the same twice. */
  announceWhenSettled(kind) {
    clearTimeout(this.settling);
    if (kind === "saving") return;
    this.settling = setTimeout(() => {
      const text = this.status.textContent;
      if (text === this.said) return;
      this.said = text;
      setText(this.spoken, text);
      this.settling = setTimeout(() => setText(this.spoken, ""), 5000); // whoever reads on finds it once, in the line
    }, kind === "unsaved" ? 0 : 1000);
  }
}

export default () => {
  let outbox;
  return {
    initialize({ model }) {
      outbox = new Outbox(model);
    },
    async render({ model, el }) {
      await outbox.ready;
      // The printed copy of this form is for readers without a live one.
      const hideCopy = element("style", {}, `.ff-copy[data-key="${CSS.escape(model.get("spec").copy)}"] { display: none }`);
      el.classList.add("ff-root");
      el.append(hideCopy);
      let view;
      const close = () => {
        view.timer?.pause();
        view.node.remove();
        outbox.views.delete(view);
      };
      const build = () => {
        const giveFocusBack = placeOfFocus(view?.node);
        if (view) close();
        view = new FormView(model, outbox);
        view.paint();
        outbox.views.add(view);
        view.recover();
        el.append(view.node);
        giveFocusBack(view);
      };
      const paint = () => view.paint();
      const draw = () => keepFocus(view.node, () => view.paintResults());
      const refresh = () => view.refresh();
      const leave = () => outbox.flush({ all: true });
      const seen = () => (document.visibilityState === "visible" ? refresh() : leave());
      const listen = (change) => {
        const heed = change === "addEventListener" ? "on" : "off";
        for (const [name, react] of [["spec", build], ["state", paint], ["results", draw]]) model[heed](`change:${name}`, react);
        document[change]("visibilitychange", seen);
        window[change]("focus", refresh);
        window[change]("pagehide", leave);
      };
      build();
      listen("addEventListener");
      refresh();
      return () => {
        leave();
        listen("removeEventListener");
        close();
      };
    },
  };
};
