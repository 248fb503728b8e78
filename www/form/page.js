// The one way to an element of index.html; one that is missing is a mistake to be told at once.

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`index.html: found ${found ? found.nodeName : "nothing"} at "${selector}"; expected ${kind.name}`);
}
