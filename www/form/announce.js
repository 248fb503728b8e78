// What a screen reader is told: little, late, and nothing twice. No DOM but the one region it writes to.

const SETTLED = 1500;

export class Announcer {
  /**
   * @param {{textContent: string | null}} region
   * @param {() => void} settled  called when nothing was typed for a while
   */
  constructor(region, settled) {
    this.region = region;
    this.settled = settled;
    this.typing = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Set<string>} */
    this.once = new Set();
    this.last = "";
  }

  /** To be called at every keystroke. */
  typed() {
    this.typing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.typing = false;
      this.settled();
    }, SETTLED);
  }

  /**
   * Says what is suggested now, if it is not what was said last.
   *
   * @param {string} words  empty where there is nothing to say
   */
  say(words) {
    if (!words || words === this.last) return;
    this.last = words;
    this.region.textContent = words;
  }

  /**
   * Says `words` at once, and never again under this key.
   *
   * @param {string} key
   * @param {string} words
   */
  sayOnce(key, words) {
    if (this.once.has(key)) return;
    this.once.add(key);
    this.region.textContent = words;
  }

  /** Starts anew, for the next report. */
  forget() {
    clearTimeout(this.timer);
    this.typing = false;
    this.once.clear();
    this.last = "";
    this.region.textContent = "";
  }
}
