// The rules that the form applies at every key: what is empty, long, or a number. The same as exercises/rules.py, which
// has the last word when an answer is saved; tests/rules holds the two against each other.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

/** What Python takes for blank: JavaScript's own idea of it has a few characters more, and a few less. */
const BLANK = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const BLANKS = new RegExp(BLANK);
const OUTER_BLANKS = new RegExp(`^${BLANK}|${BLANK}$`, "g");
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+|\d+,\d{1,2})(?:[eE][-+]?\d+)?$/;

const trimmed = (text) => text.replace(OUTER_BLANKS, "");

/** Whether a field holds something: zero is an answer; nothing, a blank text and an open commitment are none. */
const isAnswer = (value) => value !== undefined && value !== null && value !== false && trimmed(String(value)) !== "";

/** How many words a text has: what stands between blanks, and is more than marks (a Set of characters). */
function countWords(text, marks) {
  return text.split(BLANKS).filter((piece) => [...piece].some((character) => !marks.has(character))).length;
}

/** The minutes that so many words take at `pace` words a minute, to a tenth, rounded half up; 0.1 at the least. */
const minutesAloud = (words, pace) => Math.max(Math.floor((20 * words + pace) / (2 * pace)), 1) / 10;

/** What the rule says of the texts by field, as {key, values}; null where no field holds a word. */
function lengthSaid({ name, fields, most, least, pace, marks }, texts) {
  const known = new Set(marks);
  const counts = fields.map((field) => countWords(texts[field] ?? "", known));
  const words = counts.reduce((sum, count) => sum + count, 0);
  if (!words) return null;
  const size = pace ? minutesAloud(words, pace) : words;
  const values = pace ? { words, minutes: size.toFixed(1), pace } : size > most ? { words, over: words - most } : { words, left: most - words };
  const verdict = size > most ? "long" : least && !counts.every(Boolean) ? "so_far" : size < least ? "short" : "fine";
  return { key: `${name}.${verdict}`, values };
}

/** The number that somebody has written, undefined where it isn't clear which; see `read_number` in rules.py. */
function readNumber(text, { unit = "", spellings = [] } = {}) {
  let bare = trimmed(text).replaceAll("\u2212", "-");
  const sign = /^[-+]/.test(bare) ? bare[0] : "";
  bare = trimmed(bare.slice(sign.length));
  if (unit.startsWith("$") && bare.startsWith("$")) bare = trimmed(bare.slice(1));
  const ending = spellings.find((word) => bare.toLowerCase().endsWith(word.toLowerCase()));
  if (ending) bare = trimmed(bare.slice(0, -ending.length));
  if (!NUMBER.test(sign + bare)) return undefined;
  const number = Number(sign + bare.replace(",", ".")) + 0; // no minus zero
  return Number.isFinite(number) ? number : undefined;
}

/** The name of the bound that a number misses; "" where it keeps both. */
function outside(number, { minimum, maximum }) {
  return number < (minimum ?? -Infinity) ? "too_low" : number > (maximum ?? Infinity) ? "too_high" : "";
}

/** A number as sentences show it: 63%, $20M, 5x, 1 week; to two decimals, below 0.01 to two digits. */
function withUnit(number, { unit, one = unit }) {
  const small = number !== 0 && Math.abs(number) < 0.01;
  const digits = (number + 0).toLocaleString("en", small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 });
  if (unit.startsWith("$")) return `${number < 0 ? "-" : ""}$${digits.replace("-", "")}${unit.slice(1)}`;
  if (unit === "%" || unit === "x") return digits + unit;
  if (unit === "count") return digits;
  return `${digits} ${digits === "1" || digits === "-1" ? one : unit}`.trim();
}
