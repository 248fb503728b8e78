// The list of regions on the page: remembers the choice and gets the offices that belong to it.

import { lineage, readRegion, remember, remembered } from "./directory.js";
import { find } from "./page.js";
import { text } from "./texts.js";

/** @typedef {import("./types.js").Region} Region */

export class RegionChooser {
  /**
   * @param {(regions: Region[]) => void} chosen  gets the region and those above it; none while nothing is chosen
   */
  constructor(chosen) {
    this.chosen = chosen;
    this.list = find("#wilayah", HTMLSelectElement);
    this.hint = find("#wilayah-hint", HTMLElement);
    this.list.addEventListener("change", () => {
      remember(this.list.value);
      this.open();
    });
    // A directory that did not come over a broken line is tried for again.
    addEventListener("online", () => this.open());
  }

  /** Chooses what was chosen in an earlier visit. */
  restore() {
    const known = remembered();
    if ([...this.list.options].some(({ value }) => value === known)) this.list.value = known;
    return this.open();
  }

  async open() {
    const wanted = this.list.value;
    /** @type {Region[]} */
    let regions = [];
    let key = "region.hint";
    try {
      if (wanted) regions = await lineage(wanted, readRegion);
    } catch (error) {
      console.warn(error);
      key = "region.failed";
    }
    // Another was chosen meanwhile.
    if (this.list.value !== wanted) return;
    this.hint.dataset.text = key;
    this.hint.textContent = text(key);
    this.chosen(regions);
  }

  /** Returns the chosen region's name; empty where none is chosen. */
  name() {
    return this.list.value ? this.list.selectedOptions[0].text : "";
  }
}
