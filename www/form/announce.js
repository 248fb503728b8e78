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
    /** Emergencies that were told, by service, while somebody typed and after a pause. */
    this.told = { typing: new Set(), paused: new Set() };
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
   * Tells an emergency at once, and once more when typing has paused: what is said between two keys is easily lost.
   *
   * @param {string | null} service  null where there is no emergency (any more); the next one is told again
   * @param {string} words
   * @returns {boolean}  whether it was told now
   */
  alarm(service, words) {
    if (service === null) {
      this.told.typing.clear();
      this.told.paused.clear();
      return false;
    }
    const { typing, paused } = this.told;
    if (paused.has(service) || (this.typing && typing.has(service))) return false;
    (this.typing ? typing : paused).add(service);
    // The same words again are no change to some screen readers; with a space more they are.
    this.region.textContent = this.region.textContent === words ? `${words}\u00a0` : words;
    return true;
  }

  /** Starts anew, for the next report. */
  forget() {
    clearTimeout(this.timer);
    this.typing = false;
    this.told.typing.clear();
    this.told.paused.clear();
    this.last = "";
    this.region.textContent = "";
  }
}
