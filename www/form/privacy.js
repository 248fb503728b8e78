// Masks for what tells who a person is. No DOM.

/** @typedef {import("./types.js").PrivateData} PrivateData */

/** @type {Record<PrivateData["kind"], string>} */
export const MASKS = { phone: "[TELEPON]", nik: "[NIK]", email: "[EMAIL]" };

/**
 * Returns where the masks of hidden data stand in `text`, one for each, in order; null where one is gone.
 *
 * @param {string} text
 * @param {{mask: string}[]} hidden  in reading order
 * @returns {number[] | null}
 */
export function masksIn(text, hidden) {
  const places = [];
  let from = 0;
  for (const { mask } of hidden) {
    const place = text.indexOf(mask, from);
    if (place < 0) return null;
    places.push(place);
    from = place + mask.length;
  }
  return places;
}

/**
 * Returns what was found, each kind once, in a fixed order.
 *
 * @param {PrivateData[]} found
 * @returns {PrivateData["kind"][]}
 */
export function kinds(found) {
  /** @type {PrivateData["kind"][]} */
  const all = ["phone", "nik", "email"];
  return all.filter((kind) => found.some((one) => one.kind === kind));
}
