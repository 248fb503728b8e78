// Makes an answer's plain objects from the numbers that `flat.rs` writes. Crossing from the module once, with all of an
// answer, is what makes it fast: setting properties one by one from there takes about half of a short call.

/**
 * @param {string[]} strings those of the model; the numbers speak of them by their place
 * @param {Uint32Array} numbers
 * @returns {import("./answer.js").Answer}
 */
export function answer(strings, numbers) {
  const floats = new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  let at = 0;
  const number = () => numbers[at++];
  const float = () => floats[at++];
  const text = () => strings[numbers[at++]];
  /**
   * @template T
   * @param {() => T} item
   */
  const list = (item) => {
    const items = [];
    for (let left = number(); left > 0; left--) items.push(item());
    return items;
  };
  const suggestion = () => ({ label: text(), name: text(), probability: float() });
  const span = () => ({ start: number(), end: number() });
  /** @type {import("./answer.js").Answer} */
  const result = { heads: {}, needsReview: null, evidence: [], raised: null, privateData: [] };
  for (let left = number(); left > 0; left--) {
    result.heads[text()] = { sure: number() === 1, suggestions: list(suggestion) };
  }
  const review = () => ({ reason: /** @type {"unsure"} */ (text()), head: text() ?? null });
  result.needsReview = list(review)[0] ?? null;
  result.evidence = list(() => ({ head: text(), label: text(), start: number(), end: number(), weight: float() }));
  result.raised = list(() => ({ head: text(), rule: text(), from: text(), to: text(), spans: list(span) }))[0] ?? null;
  result.privateData = list(() => ({ kind: /** @type {"phone"} */ (text()), start: number(), end: number() }));
  return result;
}
