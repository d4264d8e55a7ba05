// Answers on their way to Python, and what keeps them until they have arrived.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

const TYPING_PAUSE = 150; // ms without a key before text is sent
const LONGEST_WAIT = 400; // ms that the first unsent key may wait while typing goes on
const PATIENCE = 2000; // ms without an acknowledgement before the form says so
const DATABASE = Symbol.for("fail-forward: answers on their way");
const LONGEST_LOOK = 1000; // ms that the form waits for what the browser has kept

/** One empty value for every kind of field, so that values can be compared with ===. */
const normal = (value) => (value === undefined || value === "" || value === false ? null : value);

/** A fresh event id; randomUUID is missing where the page is served over plain http from another machine. */
function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether an event's id comes after another id of the same window. */
function follows(id, other = "") {
  const [window, number] = id.split(".");
  const [same, before] = other.split(".");
  return window === same && Number(before) < Number(number);
}

/** Null where there is none. May never resolve: some private windows don't answer. */
function openDatabase() {
  return new Promise((resolve) => {
    const forget = () => delete window[DATABASE]; // the next to ask opens it anew
    const none = () => {
      forget();
      resolve(null);
    };
    try {
      const request = indexedDB.open("fail-forward", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("answers", { keyPath: ["form", "field"] });
      request.onsuccess = () => {
        request.result.onclose = forget;
        resolve(request.result);
      };
      request.onerror = request.onblocked = none;
    } catch {
      resolve(null);
    }
  });
}

/** The page's one connection. Each form brings this code along anew, so that it can't stand in a variable of ours. */
const theDatabase = () => (window[DATABASE] ??= openDatabase());

/**
 * The newest unacknowledged event of each field, in IndexedDB because that survives a killed browser.
 * Where there is no IndexedDB, nothing is remembered and nothing fails.
 */
class Drawer {
  constructor(form) {
    this.form = form;
    this.last = 0; // when the newest event was put there; rises even where the clock is set back
  }

  async within(mode, ask, fallback) {
    const database = await theDatabase();
    if (!database) return fallback;
    return new Promise((resolve) => {
      try {
        const request = ask(database.transaction("answers", mode).objectStore("answers"));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(fallback);
      } catch {
        resolve(fallback);
      }
    });
  }

  /** Every event that was left behind, oldest first. */
  async events() {
    const mine = () => IDBKeyRange.bound([this.form], [this.form, []]);
    const records = await this.within("readonly", (store) => store.getAll(mine()), []);
    this.last = Math.max(this.last, ...records.map(({ at }) => at));
    return records.sort((a, b) => a.at - b.at);
  }

  put(event) {
    this.last = Math.max(Date.now(), this.last + 1);
    const record = { ...event, form: this.form, at: this.last };
    return this.within("readwrite", (store) => store.put(record));
  }

  /** Forgets the field's event, unless another window has put a different one there since. */
  remove({ field, id }) {
    return this.within("readwrite", (store) => {
      const request = store.get([this.form, field]);
      request.addEventListener("success", () => {
        if (request.result?.id === id) store.delete([this.form, field]);
      });
      return request;
    });
  }
}

/**
 * Sends answers to Python and knows which of them have arrived.
 *
 * Each edit is an event {id, field, value, over}. The ids of one window are its name and a number that rises;
 * `over` is the newest saved event of the field that this window knew.
 * A field has at most one event on the way, so that fast typing doesn't swell the journal; the newest edit follows it.
 * Views (`progress`, `saved`, `refused`, `done`, `recover`) register themselves in `views`.
 */
class Outbox {
  constructor(model) {
    this.model = model;
    this.drawer = new Drawer(model.get("key"));
    this.views = new Set();
    this.window = freshId();
    this.edits = 0;
    this.fresh = new Map(); // field -> its newest event, not sent yet; in the order of editing
    this.sent = new Map(); // field -> its newest event that was sent and not acknowledged yet
    this.silent = false; // Python does not answer
    this.trouble = ""; // why Python could not save
    this.recovered = 0; // answers found in the drawer that are now on disk, and the newest there
    model.on("msg:custom", (message) => this.receive(message));
    this.ready = Promise.race([this.recover(), new Promise((resolve) => setTimeout(resolve, LONGEST_LOOK))]);
  }

  waiting(field) {
    return this.fresh.get(field) ?? this.sent.get(field);
  }

  get empty() {
    return this.fresh.size + this.sent.size === 0;
  }

  tell(what, ...details) {
    for (const view of this.views) view[what](...details);
  }

  async recover() {
    const newest = this.model.get("state").newest ?? {};
    for (const { id, field, value, over } of await this.drawer.events()) {
      // Saved before the browser could be told: nothing is left to do.
      if (newest[field] === id) this.drawer.remove({ id, field });
      // Of its own window, an earlier edit may have been saved without its hearing of it.
      else if (!this.waiting(field)) {
        this.fresh.set(field, { id, field, value, over: follows(id, newest[field]) ? newest[field] : over, late: true });
      }
    }
    this.tell("recover"); // those that are there already, because the drawer took long to open
  }

  /** Takes a field's new value: it is in the drawer at once, and with Python after a pause in typing. */
  edit(field, value) {
    const { values, newest } = this.model.get("state");
    const before = this.waiting(field);
    const sent = this.sent.get(field);
    if (before && value === before.value) return;
    this.fresh.delete(field); // also puts the field at the end of the order
    if (value !== (sent ? sent.value : normal(values[field]))) {
      this.fresh.set(field, { id: `${this.window}.${(this.edits += 1)}`, field, value, over: newest?.[field] ?? null });
    }
    this.recovered = 0;
    this.remember(field, before);
    this.sendSoon();
    this.tell("progress");
  }

  /** Makes the drawer hold what the field is still waiting for. */
  remember(field, before) {
    const event = this.waiting(field);
    if (event) this.drawer.put(event);
    else if (before) this.drawer.remove(before);
  }

  sendSoon() {
    const now = performance.now(); // which no setting of the clock moves
    this.typingSince ??= now;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.flush(), Math.min(TYPING_PAUSE, this.typingSince + LONGEST_WAIT - now));
  }

  /** Sends now what is fresh; with `all`, also where an earlier event of the field is still on its way. */
  flush({ all = false } = {}) {
    clearTimeout(this.pause);
    this.typingSince = undefined;
    const free = (event) => all || this.silent || !this.sent.has(event.field);
    this.send([...this.fresh.values()].filter(free));
  }

  /** Sends everything unacknowledged once more; Python ignores an id that it already has. */
  resend() {
    this.trouble = "";
    const fields = new Set([...this.sent.keys(), ...this.fresh.keys()]);
    this.send([...fields].map((field) => this.waiting(field)));
    this.tell("progress");
  }

  send(events) {
    if (!events.length) return;
    for (const event of events) {
      this.fresh.delete(event.field);
      this.sent.set(event.field, event);
    }
    this.post({ type: "answer", events });
    this.watch();
    this.tell("progress");
  }

  /** Hands a message to Python and says whether that worked. After a kernel has restarted, send throws. */
  post(message) {
    try {
      this.model.send(message);
      return true;
    } catch {
      this.silent = true;
      return false;
    }
  }

  watch() {
    this.patience ??= setTimeout(() => {
      this.patience = undefined;
      this.silent = this.sent.size > 0;
      this.tell("progress");
    }, PATIENCE);
  }

  receive(message) {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.silent = false;
    // Every window hears every answer, so each looks for its own events only.
    if (message.type === "saved") this.acknowledge(new Set(message.ids));
    else if (message.type === "refused") this.refuse(message);
    else if (message.type === "failed") this.fail(message);
    else if (message.type === "done") this.tell("done", message);
    if (this.sent.size) this.watch();
    this.tell("progress");
  }

  acknowledge(ids) {
    for (const [field, event] of [...this.sent].filter(([, { id }]) => ids.has(id))) {
      this.sent.delete(field);
      this.trouble = "";
      if (event.late && this.model.get("state").newest?.[field] === event.id) this.recovered += 1;
      const next = this.fresh.get(field);
      if (next) next.over = event.id;
      this.remember(field, event);
      this.tell("saved", field, event.value);
    }
    if (this.typingSince === undefined) this.flush();
  }

  refuse({ id, text }) {
    const event = [...this.sent.values()].find((candidate) => candidate.id === id);
    if (!event) return;
    this.sent.delete(event.field);
    this.remember(event.field, event);
    this.tell("refused", event, text);
  }

  /** What Python could not write stays here, ready to be sent again. */
  fail({ ids, text }) {
    const mine = [...this.sent].filter(([, event]) => ids.includes(event.id));
    if (ids.length && !mine.length) return;
    for (const [field] of mine) this.sent.delete(field);
    this.fresh = new Map([...mine, ...this.fresh]); // a newer edit of the same field takes the failed one's place
    this.trouble = text;
  }
}
