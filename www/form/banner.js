// The line for emergencies above the form. It is always there, so that nothing moves when it has more to say.

import { atRest, calls } from "./emergency.js";
import { find } from "./page.js";
import { text } from "./texts.js";

/** @typedef {import("./emergency.js").Service} Service */
/** @typedef {import("./emergency.js").Call} Call */

export class Banner {
  /**
   * @param {HTMLElement} section
   */
  constructor(section) {
    this.section = section;
    this.words = find("#emergency-text", HTMLElement, section);
    this.calls = find("#calls", HTMLElement, section);
    this.shown = "";
  }

  /**
   * Shows the numbers to call; `service` is null when nothing reads like an emergency. Returns what a screen reader should say.
   *
   * @param {Service | null} service
   * @param {string[]} numbers  of the region
   * @returns {string}
   */
  show(service, numbers) {
    const offered = service === null ? atRest(numbers) : calls(service, numbers);
    const strong = text(service === null ? "emergency.rest" : service === "despair" ? "emergency.despair" : "emergency.found");
    const detail = text(`emergency.${service ?? "rest"}.detail`, { number: offered[0].number });
    const key = `${service} ${strong} ${offered.map(({ dial }) => dial)}`;
    if (key !== this.shown) {
      this.shown = key;
      this.section.dataset.state = service ?? "rest";
      find("strong", HTMLElement, this.words).textContent = strong;
      find("span", HTMLElement, this.words).textContent = detail;
      find(".freely", HTMLElement, this.words).textContent = service === null ? "" : text("emergency.freely");
      this.list(offered);
    }
    const said = { text: `${strong} ${detail}`, numbers: offered.map(({ number }) => number).join(", ") };
    return `${text("live.emergency", said)} ${text("emergency.freely")}`;
  }

  /**
   * @param {Call[]} offered
   */
  list(offered) {
    offered.forEach((call, place) => {
      const known = this.calls.children[place];
      // A link that stays is not made anew: it may have the focus.
      const item = known ?? document.createElement("li");
      const link = item.querySelector("a") ?? document.createElement("a");
      const number = document.createElement("b");
      number.textContent = call.number;
      const name = document.createElement("span");
      name.textContent = text(`call.${call.name}`);
      link.className = "call";
      link.href = `tel:${call.dial}`;
      link.setAttribute("aria-label", text("call.name", { number: call.number, name: name.textContent }));
      link.replaceChildren(number, " ", name);
      if (!known) {
        item.append(link);
        this.calls.append(item);
      }
    });
    while (this.calls.children.length > offered.length) this.calls.lastElementChild?.remove();
  }
}
