// Keeps the form for use without a line, and brings in a new version of it when nothing can be lost by that: while nothing is
// written. A tab on a phone stays open for weeks, so waiting for all tabs to be closed would be waiting for ever.

import { find } from "./page.js";

/** A choice that stays from report to report. */
const LASTING = "wilayah";

/**
 * Returns whether there are words of the citizen in the form.
 *
 * @param {HTMLFormElement} form
 * @returns {boolean}
 */
function written(form) {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== "";
    return field instanceof HTMLInputElement && !ticked(field) && field.type !== "hidden" && field.value !== "";
  });
}

/**
 * Returns whether something is chosen in the form, by the citizen or by a suggestion.
 *
 * @param {HTMLFormElement} form
 * @returns {boolean}
 */
function chosen(form) {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLSelectElement) return field.name !== LASTING && field.value !== "";
    return field instanceof HTMLInputElement && ticked(field) && field.checked;
  });
}

/**
 * @param {HTMLInputElement} field
 */
const ticked = ({ type }) => type === "radio" || type === "checkbox";

/** Starts the service worker. To be called once the page is loaded, so that a slow line has the page's files first. */
export async function keepOffline() {
  const container = navigator.serviceWorker;
  // An old browser, or a page that did not come by https.
  if (!container) return;
  try {
    // The first worker of all takes over a page with files of its own version.
    const version = new Version(container.controller !== null);
    container.addEventListener("controllerchange", () => version.changed());
    version.follow(await container.register("sw.js"));
  } catch (error) {
    console.warn("not kept for offline use:", error);
  }
}

class Version {
  /**
   * @param {boolean} controlled  whether a service worker has brought the page
   */
  constructor(controlled) {
    this.form = find("#form", HTMLFormElement);
    this.confirmation = find("#sent", HTMLElement);
    this.controlled = controlled;
    /** Whether the worker is by now of another version than the page. */
    this.old = false;
    /** Whether somebody is at the form, even where nothing is written yet or any more. */
    this.begun = this.form.contains(document.activeElement);
    /** @type {ServiceWorkerRegistration | null} */
    this.registration = null;
    /** Ends the hold on the version. @type {(() => void) | null} */
    this.release = null;
  }

  /**
   * @param {ServiceWorkerRegistration} registration
   */
  follow(registration) {
    this.registration = registration;
    const arriving = () => registration.installing?.addEventListener("statechange", () => this.renew());
    registration.addEventListener("updatefound", arriving);
    arriving();
    this.form.addEventListener("focusin", () => (this.begun = true));
    for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.hold());
    // The fields are emptied, and the focus is moved, after the event.
    this.form.addEventListener("reset", () => setTimeout(() => this.finished()));
    find("#again", HTMLElement).addEventListener("click", () => setTimeout(() => this.finished()));
    document.addEventListener("visibilitychange", () => this.seen());
    this.hold();
    this.renew();
  }

  changed() {
    this.old = this.controlled;
    this.controlled = true;
    this.renew();
  }

  /** A report was sent, or its confirmation was read. */
  finished() {
    this.begun = false;
    this.hold();
    this.renew();
  }

  /** Somebody has come back to the tab: was there a correction meanwhile? Nothing is asked for while a report is written. */
  seen() {
    if (document.visibilityState !== "visible" || written(this.form)) return;
    this.registration?.update().catch(() => {
      // No line; the next time will do.
    });
    this.finished();
  }

  /** Goes over to the new version, if there is one and nobody writes in this tab or another. */
  renew() {
    if (this.begun || written(this.form) || chosen(this.form)) return;
    if (this.old) {
      // Who is reading what was sent reads on.
      if (this.confirmation.hidden) location.reload();
      return;
    }
    const waiting = this.registration?.waiting;
    if (!waiting) return;
    const takeOver = () => waiting.postMessage("take over");
    if (!navigator.locks) return takeOver();
    navigator.locks.request(this.lock(), { ifAvailable: true }, (free) => free && takeOver());
  }

  /** While something is written, the tab holds on to its version, so that the form's other tabs do not change it. */
  hold() {
    if (!written(this.form)) {
      this.release?.();
      this.release = null;
    } else if (!this.release) {
      const done = new Promise((release) => (this.release = () => release(undefined)));
      navigator.locks?.request(this.lock(), { mode: "shared" }, () => done).then(() => this.renew());
    }
  }

  lock() {
    return `pilah-form ${this.registration?.scope}`;
  }
}
