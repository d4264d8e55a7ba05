// What a form is made of: elements, and one native control for each kind of field.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

/** An element; `on…` attributes are listeners, false and null ones are left out, children are nodes or plain text. */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Prose from the course's own source, which is trusted; null where there is none. */
function prose(html, attributes) {
  if (!html) return null;
  const node = element("div", attributes);
  node.innerHTML = html;
  return node;
}

const fill = (sentence = "", values) => sentence.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => values[name] ?? "");

/** Sets text only where it differs: a live region would announce it again. */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/*
 * Controls. Each is {node, input, focus, read, write, lock}. read() gives the field's value, null when empty, or
 * undefined while what stands there is no value (yet); a text control's problem() then names the sentence that says why.
 */

function textControl(field, id, changed, left) {
  const long = field.kind === "text";
  const input = element(long ? "textarea" : "input", {
    id,
    class: "ff-input",
    rows: long ? 3 : null,
    type: long ? null : "text",
    inputmode: field.kind === "number" ? "decimal" : null,
    autocomplete: "off",
  });
  const grow = () => {
    if (!long || CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  input.addEventListener("input", () => (grow(), changed()));
  input.addEventListener("blur", left);
  const number = () => readNumber(input.value, field);
  return {
    node: field.unit ? element("div", { class: "ff-with-unit" }, input, element("span", { id: `${id}-unit` }, field.unit)) : input,
    input,
    grow,
    focus: () => input.focus(),
    read() {
      if (field.kind !== "number") return normal(input.value);
      if (!isAnswer(input.value)) return null;
      return this.problem() ? undefined : number();
    },
    problem: () => (number() === undefined ? "not_a_number" : outside(number(), field)),
    write(value) {
      const { selectionStart, selectionEnd } = input;
      input.value = value ?? "";
      if (input.matches(":focus")) input.setSelectionRange(selectionStart, selectionEnd);
      grow();
    },
    lock: (locked) => (input.readOnly = locked),
  };
}

/** Radio buttons and check boxes are not disabled when locked: that would take the focus away and dim the answer. */
function holdWhenLocked(box, marked) {
  box.addEventListener("click", (event) => marked.getAttribute("aria-disabled") === "true" && event.preventDefault());
}

function choiceControl(field, id, changed) {
  const inputs = field.choices.map(({ value }, n) => element("input", { type: "radio", id: `${id}-${n}`, name: id, value }));
  const rows = field.choices.map(({ label }, n) => element("label", { class: "ff-box", for: `${id}-${n}` }, inputs[n], element("span", {}, label)));
  const group = element("fieldset", { id, role: "radiogroup", "aria-labelledby": `${id}-label` });
  const list = element("div", { class: "ff-choices", onchange: changed }, ...rows);
  holdWhenLocked(list, group);
  return {
    node: list,
    frame: group,
    input: group,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    read: () => inputs.find((input) => input.checked)?.value ?? null,
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    lock: (locked) => group.setAttribute("aria-disabled", locked),
  };
}

function commitControl(field, id, changed) {
  const input = element("input", { type: "checkbox", id, onchange: changed });
  holdWhenLocked(input, input);
  return {
    node: element("label", { class: "ff-box", for: id }, input, element("span", {}, field.label)),
    input,
    focus: () => input.focus(),
    read: () => normal(input.checked),
    write: (value) => (input.checked = value === true),
    lock: (locked) => input.setAttribute("aria-disabled", locked),
  };
}

/** A number on a scale. Until it is moved it holds nothing and stands at its base. */
function sliderControl(field, id, changed, left, words) {
  const { minimum: min, maximum: max, step, base } = field;
  const input = element("input", { type: "range", id, class: "ff-range", min, max, step: step || "any" });
  const value = element("span", { class: "ff-value", "aria-hidden": "true" }); // the slider itself says it
  const shown = (number) => withUnit(number, field);
  const back = element("button", { type: "button", class: "ff-quiet", hidden: true }, fill(words.slider_back, { value: shown(base) }));
  let moved = false;
  const paint = () => {
    setText(value, shown(Number(input.value)));
    input.setAttribute("aria-valuetext", value.textContent);
    back.hidden = !moved || input.disabled;
  };
  const control = {
    node: element("div", { class: "ff-slide" }, input, value, back),
    input,
    focus: () => input.focus(),
    read: () => (moved ? Number(input.value) : null),
    write(number) {
      moved = number !== null && number !== undefined;
      input.value = moved ? number : base;
      paint();
    },
    lock(locked) {
      input.disabled = locked;
      paint();
    },
  };
  input.addEventListener("input", () => {
    moved = true;
    paint();
    changed();
  });
  input.addEventListener("change", left);
  back.addEventListener("click", () => {
    input.focus();
    control.write(null);
    left();
  });
  control.write(null);
  return control;
}

/** Puts text on the clipboard and says whether that worked; where nothing works, the text is left selected on screen. */
async function writeClipboard(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "ff-input", readonly: true, rows: 6 });
    area.value = text;
    const focused = document.activeElement;
    place.append(area);
    area.select();
    const copied = document.execCommand("copy"); // the only way on a page served over plain http
    if (copied) {
      area.remove();
      focused.focus();
    }
    return copied;
  }
}
