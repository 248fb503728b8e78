// Offices of a region: which office takes care of a function of government there.

/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Office} Office */

export const NATIONAL = "nasional";

/**
 * Returns the office for a function: the region's own, else that of the regions above it; null where none has one.
 *
 * @param {Region[]} regions  the nearest first
 * @param {string} agency  id of the function
 * @returns {Office | null}
 */
export function office(regions, agency) {
  for (const region of regions) {
    const found = region.offices[agency];
    if (found) return found;
  }
  return null;
}

/**
 * Returns the numbers to call in an emergency, the first to try first; none for no region.
 *
 * @param {Region[]} regions  the nearest first
 * @returns {string[]}
 */
export function emergencyNumbers(regions) {
  return regions.find(({ emergency }) => emergency)?.emergency ?? [];
}

/**
 * Returns the functions without those whose office was already named by an earlier one, `most` of them.
 *
 * @param {string[]} agencies  best first
 * @param {Region[]} regions
 * @param {number} most
 * @returns {string[]}
 */
export function distinct(agencies, regions, most) {
  const names = new Set();
  return agencies
    .filter((agency) => {
      const name = office(regions, agency)?.name ?? agency;
      if (names.has(name)) return false;
      names.add(name);
      return true;
    })
    .slice(0, most);
}

/**
 * Returns a region and those above it, the nearest first, the whole nation last.
 *
 * @param {string} id
 * @param {(id: string) => Promise<Region>} read
 * @returns {Promise<Region[]>}
 */
export async function lineage(id, read) {
  /** @type {Region[]} */
  const regions = [];
  /** @type {string | null | undefined} */
  let next = id;
  while (next && !regions.some((region) => region.id === next)) {
    /** @type {Region} */
    const region = await read(next);
    regions.push(region);
    next = region.parent ?? (region.id === NATIONAL ? null : NATIONAL);
  }
  return regions;
}

/** @type {Map<string, Promise<Region>>} */
const read = new Map();

/**
 * Returns a region of the directory, fetched once.
 *
 * @param {string} id
 * @returns {Promise<Region>}
 */
export function readRegion(id) {
  const known = read.get(id);
  if (known) return known;
  const url = new URL(`../directory/${encodeURIComponent(id)}.json`, import.meta.url);
  const region = fetch(url).then((response) => {
    if (!response.ok) throw new Error(`directory/${id}.json: status ${response.status}; expected 200`);
    return response.json();
  });
  read.set(id, region);
  // A failure is not kept: the line may be back at the next try.
  region.catch(() => read.delete(id));
  return region;
}

const MEMORY = "pilah.wilayah";

/**
 * Returns the region chosen in an earlier visit; empty where there is none or the browser keeps nothing.
 *
 * @returns {string}
 */
export function remembered() {
  try {
    return localStorage.getItem(MEMORY) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keeps the region for the next visit. It is the only thing that the form keeps; never text.
 *
 * @param {string} id
 */
export function remember(id) {
  try {
    if (id) localStorage.setItem(MEMORY, id);
    else localStorage.removeItem(MEMORY);
  } catch {
    // A browser that keeps nothing asks again; no harm.
  }
}
