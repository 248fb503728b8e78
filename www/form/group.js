// One question with its chips on the page: what is offered, what is chosen, and why.

import { find } from "./page.js";
import { text } from "./texts.js";

/**
 * - `options`: for a group whose chips change; the first three are shown
 * - `because`: the deciding words, instead of a note
 *
 * @typedef {{id: string, name: string, lang: string}} Option
 * @typedef {{
 *   options: Option[], selected: string | null, note: string, because?: string[], chosen: boolean,
 * }} View
 */

export class Group {
  /**
   * @param {HTMLElement} fieldset
   * @param {{choose: (label: string) => void, back: () => void}} actions
   */
  constructor(fieldset, { choose, back }) {
    this.fieldset = fieldset;
    this.radios = /** @type {HTMLInputElement[]} */ ([...fieldset.querySelectorAll("input")]);
    this.changes = fieldset.querySelector(".vacant") !== null;
    this.noteText = find(".note-text", HTMLElement, fieldset);
    this.noteText.removeAttribute("data-text");
    this.backButton = find(".back", HTMLButtonElement, fieldset);
    this.picker = fieldset.querySelector("select");
    this.name = this.radios[0].name;
    this.noteKey = "";
    this.listed = "";
    /** What a finger is on. @type {EventTarget | null} */
    this.pressed = null;
    /** @type {View | null} */
    this.held = null;
    this.listen(choose, back);
  }

  /**
   * @param {(label: string) => void} choose
   * @param {() => void} back
   */
  listen(choose, back) {
    for (const radio of this.radios) {
      // A tap on what is already suggested changes nothing in the browser's eyes, yet it is a choice.
      radio.addEventListener("click", () => choose(radio.value));
      radio.addEventListener("change", () => radio.checked && choose(radio.value));
    }
    this.picker?.addEventListener("change", () => this.picker?.value && choose(this.picker.value));
    this.backButton.addEventListener("click", () => {
      this.pressed = null;
      back();
      // The button goes away with the choice; the keyboard stays in the question.
      (this.radios.find((radio) => radio.checked) ?? this.radios.find((radio) => !radio.hidden))?.focus();
    });
    // Chips do not change under a finger.
    this.fieldset.addEventListener("pointerdown", ({ target }) => (this.pressed = target));
    // A list that was opened with the pointer may be closed with keys, or by going elsewhere, and tells no end of the press.
    for (const end of ["keydown", "change", "blur"]) {
      this.picker?.addEventListener(end, () => this.pressed === this.picker && this.release());
    }
    window.addEventListener("blur", () => this.pressed && this.release());
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => this.pressed && setTimeout(() => this.release()));
    }
  }

  release() {
    this.pressed = null;
    const view = this.held;
    this.held = null;
    if (view) this.render(view);
  }

  /**
   * Fills the list of all labels.
   *
   * @param {Option[]} options
   */
  list(options) {
    const key = options.map(({ id, name }) => `${id} ${name}`).join("\n");
    if (!this.picker || key === this.listed) return;
    this.listed = key;
    const { value } = this.picker;
    const items = options.map(({ id, name, lang }) => {
      const item = new Option(name, id);
      item.lang = lang;
      return item;
    });
    this.picker.replaceChildren(this.picker.options[0], ...items);
    this.picker.value = value;
    this.picker.disabled = options.length === 0;
  }

  /**
   * @param {View} view
   */
  render(view) {
    if (this.pressed && !view.chosen) {
      this.held = view;
      return;
    }
    this.held = null;
    if (this.changes) this.fill(view.options);
    let among = false;
    for (const radio of this.radios) {
      const checked = view.selected !== null && radio.value === view.selected;
      among = among || checked;
      if (radio.checked !== checked) radio.checked = checked;
    }
    this.pick(among ? null : view.selected);
    this.explain(view);
  }

  /**
   * @param {Option[]} options
   */
  fill(options) {
    this.radios.forEach((radio, place) => {
      const option = options[place];
      const chip = /** @type {HTMLElement} */ (radio.closest(".chip"));
      const old = find(".chip-name", HTMLElement, chip);
      const wanted = option ? option.name : "";
      if (radio.value !== (option?.id ?? "")) radio.value = option?.id ?? "";
      if (old.textContent === wanted) return;
      const name = anew(old);
      anew(find(".chip-text", HTMLElement, chip)).append(name);
      name.textContent = wanted;
      name.lang = option?.lang ?? "";
      chip.classList.toggle("vacant", !option);
      chip.classList.toggle("long", wanted.length > 44);
      chip.classList.toggle("longest", wanted.length > 72);
      radio.hidden = !option;
    });
  }

  /**
   * Shows a choice that is none of the chips; then it is the list that goes with the form, under the chips' name.
   *
   * @param {string | null} label
   */
  pick(label) {
    if (!this.picker) return;
    if (this.picker.value !== (label ?? "")) this.picker.value = label ?? "";
    if (label) this.picker.name = this.name;
    else this.picker.removeAttribute("name");
    this.picker.closest(".picker")?.classList.toggle("picked", label !== null);
  }

  /**
   * @param {View} view
   */
  explain({ note, because, chosen }) {
    if (this.backButton.hidden === chosen) this.backButton.hidden = !chosen;
    const words = because?.join(", ") ?? "";
    const key = `${text(note)} ${words}`;
    if (key === this.noteKey) return;
    this.noteKey = key;
    this.noteText = anew(this.noteText);
    this.noteText.textContent = text(note);
    this.noteText.classList.toggle("doubt", note === "note.doubt");
    if (!words) return;
    const list = document.createElement("span");
    list.className = "words";
    list.lang = "id";
    list.textContent = words;
    this.noteText.append(" ", list);
  }
}

/**
 * Puts an empty element of the same kind in an element's place. Words of one line that give way to words of two are other words,
 * and not the same ones moved.
 *
 * @param {HTMLElement} old
 * @returns {HTMLElement}
 */
function anew(old) {
  const fresh = /** @type {HTMLElement} */ (old.cloneNode(false));
  old.replaceWith(fresh);
  return fresh;
}
