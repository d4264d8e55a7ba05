// What a form owes to people at a keyboard: keys that mean the form stay in it, and no update takes the focus away.
// form.py puts this file in front of form.js and hands both over as one module, so nothing is exported here.

const ABOUT_CELLS = "amyz"; // with Ctrl, JupyterLab would select, merge, redo and undo cells; here they mean the text

/** Save, search, the side bar, the list of commands: what concerns the page and neither cells nor what is written. */
function concernsThePage({ ctrlKey, metaKey, altKey, key }) {
  return (ctrlKey || metaKey || altKey) && key.length === 1 && !ABOUT_CELLS.includes(key.toLowerCase());
}

/**
 * JupyterLab listens at the notebook. With the focus on a button, "b" would insert a cell and "d d" delete one;
 * Ctrl+Enter would run the cell and put a new form in the place of the one being filled in; Ctrl+Z would take back an
 * edit of some code instead of the last word. Escape leaves the form for its cell, from where Tab leads back in.
 */
function keepKeysInside(node) {
  for (const type of ["keydown", "keyup", "keypress"]) {
    node.addEventListener(type, (event) => {
      if (event.key !== "Escape" && !concernsThePage(event)) event.stopPropagation();
    });
  }
  node.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Escape" && !isComposing) node.closest(".jp-Cell")?.focus({ preventScroll: true });
  });
}

const TAB_STOPS = "a[href], button, input, select, summary, textarea, [tabindex]";

const canHaveFocus = (node) => node.isConnected && !node.disabled && node.checkVisibility();

/**
 * Makes a change in the form. Where the change moves, hides, locks or removes what has the focus, the same thing has it
 * afterwards, or else what stands before it, or else the form.
 */
function keepFocus(form, change) {
  const focused = document.activeElement;
  if (!form.contains(focused)) return change();
  const stops = [...form.querySelectorAll(TAB_STOPS)];
  change();
  if (form.contains(document.activeElement) && canHaveFocus(document.activeElement)) return;
  const upToHere = stops.slice(0, stops.indexOf(focused) + 1);
  (upToHere.reverse().find(canHaveFocus) ?? form).focus();
}

/** Where the focus is in a form, as a function that brings it to the same place of the form built anew. */
function placeOfFocus(form) {
  const focused = document.activeElement;
  if (!form?.contains(focused)) return () => {};
  const name = focused.closest("[data-field]")?.dataset.field;
  const around = (node) => node.querySelector(`[data-field="${CSS.escape(name)}"]`) ?? node;
  const at = [...around(form).querySelectorAll(TAB_STOPS)].indexOf(focused);
  const { selectionStart, selectionEnd } = focused;
  return (view) => {
    view.node.focus();
    if (view.fields.has(name)) view.show(name);
    const anew = around(view.node).querySelectorAll(TAB_STOPS)[at];
    if (anew && canHaveFocus(anew)) anew.focus();
    if (selectionEnd !== null && anew?.setSelectionRange) anew.setSelectionRange(selectionStart, selectionEnd);
  };
}
