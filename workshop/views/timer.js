// A visible clock for what is done against time: one stretch after the other, started and stopped by the reader.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

class TimerView {
  constructor(timers, words) {
    this.timers = timers;
    this.words = words;
    this.at = 0;
    const button = (key, onclick) => element("button", { type: "button", onclick }, words[key]);
    this.label = element("p", { class: "ff-timer-label" });
    this.clock = element("p", { class: "ff-clock", role: "timer", "aria-live": "off" });
    this.bar = element("progress", { "aria-label": words.timer });
    this.over = element("p", { class: "ff-over", "aria-live": "polite" });
    this.go = button("timer_start", () => (this.ends ? this.pause() : this.start()));
    this.next = button("timer_next", () => keepFocus(this.node, () => this.turn(this.at + 1)));
    this.node = element("div", { class: "ff-timer", role: "group", "aria-label": words.timer },
      this.label, this.clock, this.bar, this.over,
      element("div", { class: "ff-actions" }, this.go, this.next, button("timer_again", () => this.turn(0))));
    this.turn(0);
  }

  get length() {
    return this.timers[this.at].minutes * 60;
  }

  /** Goes to a stretch and waits there, its clock full. */
  turn(at) {
    this.pause();
    this.at = at;
    this.left = this.length;
    const { label } = this.timers[at];
    const place = fill(this.words.timer_of, { n: at + 1, count: this.timers.length });
    setText(this.label, this.timers.length > 1 ? `${place}: ${label}` : label);
    this.next.hidden = at + 1 >= this.timers.length;
    this.bar.max = this.length;
    setText(this.over, "");
    this.paint();
  }

  start() {
    if (this.left <= 0) this.turn(this.at);
    this.ends = Date.now() + this.left * 1000; // a tab in the background ticks rarely, so time is read off the clock
    this.ticking = setInterval(() => this.tick(), 250);
    setText(this.go, this.words.timer_pause);
  }

  pause() {
    clearInterval(this.ticking);
    this.ends = undefined;
    setText(this.go, this.words.timer_start);
  }

  tick() {
    this.left = Math.max(0, (this.ends - Date.now()) / 1000);
    this.paint();
    if (this.left > 0) return;
    this.pause();
    setText(this.over, fill(this.words.timer_over, { label: this.timers[this.at].label }));
  }

  paint() {
    const seconds = Math.ceil(this.left);
    setText(this.clock, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    this.bar.value = this.length - this.left;
  }
}
