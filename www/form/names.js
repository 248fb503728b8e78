// What labels are called on the page: offices by the region's directory, all others by the model or its English names.

import { office } from "./directory.js";
import { labelName, text } from "./texts.js";

/** @typedef {{name: string, lang: string}} Named */

export class Names {
  constructor() {
    /** @type {import("./types.js").Description | null} */
    this.description = null;
    /** The chosen region and those above it. @type {import("./types.js").Region[]} */
    this.regions = [];
  }

  /**
   * @param {string} head
   * @param {string} label
   * @returns {Named}
   */
  of(head, label) {
    // These two say in plain words what the model says in the trade's.
    if (head === "urgency" || head === "type") return { name: text(`${head}.${label}`), lang: document.documentElement.lang };
    const known = this.labels(head).find(({ id }) => id === label);
    return (head === "agency" && this.office(label)) || labelName(head, label, known?.name ?? label);
  }

  /**
   * Returns an office's real name, which stays Indonesian; null while no region is chosen.
   *
   * @param {string | null} agency
   * @returns {Named | null}
   */
  office(agency) {
    const found = agency === null ? null : office(this.regions, agency);
    return found && { name: found.name, lang: "id" };
  }

  /**
   * Returns all labels of a head with their names, for its list.
   *
   * @param {string} head
   */
  all(head) {
    return this.labels(head).map(({ id }) => ({ id, ...this.of(head, id) }));
  }

  /**
   * @param {string} head
   */
  labels(head) {
    return this.description?.heads.find(({ name }) => name === head)?.labels ?? [];
  }
}
