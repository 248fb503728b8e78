// Which number to call in an emergency. No DOM.

import { despair, namesDespair, raises, wanted } from "./emergency-words.js";

export { raises };

/**
 * - `general`: no service fits better than the others
 * - `rescue`: the fire brigade's other work, people freed and animals caught
 * - `sar`: search and rescue, on the water and after landslides
 * - `despair`: someone may harm themselves; 119 extension 8 listens
 *
 * @typedef {"fire" | "rescue" | "crime" | "medical" | "sar" | "despair"} One
 * @typedef {"general" | One | `${One}+${One}`} Service  two where both are wanted
 * @typedef {{number: string, dial: string, name: "general" | "fire" | "crime" | "medical" | "sar" | "despair"}} Call
 */

/** The number of all services together, where a region answers it. */
const JOINT = "112";

/** The number of each service. A comma in `dial` is a pause, after which the extension is dialled. */
/** @type {Record<One, Call>} */
const OF_SERVICE = {
  fire: { number: "113", dial: "113", name: "fire" },
  rescue: { number: "113", dial: "113", name: "fire" },
  crime: { number: "110", dial: "110", name: "crime" },
  medical: { number: "119", dial: "119", name: "medical" },
  sar: { number: "115", dial: "115", name: "sar" },
  despair: { number: "119 ext. 8", dial: "119,8", name: "despair" },
};

/** Of three services that are wanted, the first two in this order are offered; 112 reaches the third. */
/** @type {One[]} */
const ORDER = ["fire", "rescue", "crime", "medical", "sar"];

/**
 * Returns the calls to offer, up to three, the one to try first before the others. `numbers` are those of a region, as its
 * directory orders them: where they begin with the number of one service, no number there reaches all of them, and the services
 * that are wanted come first. An unknown region has none, and 112 comes first. There is always a second number to try.
 *
 * @param {Service} service
 * @param {string[]} numbers
 * @returns {Call[]}
 */
export function calls(service, numbers) {
  const first = named(numbers[0] ?? JOINT);
  const joint = first.name === "general" ? first : named(JOINT);
  const fitting = service === "general" ? [first.dial === JOINT ? OF_SERVICE.crime : first] : parts(service).map((one) => OF_SERVICE[one]);
  const all = first.name === "general" ? [joint, ...fitting] : [...fitting, joint];
  const distinct = all.filter(({ dial }, place) => all.findIndex((call) => call.dial === dial) === place);
  return distinct.length > 1 ? distinct : [...distinct, named(JOINT)];
}

/**
 * Returns the one call to show while nothing is wrong.
 *
 * @param {string[]} numbers
 * @returns {Call[]}
 */
export function atRest(numbers) {
  return calls("general", numbers).slice(0, 1);
}

/**
 * @param {string} number
 * @returns {Call}
 */
function named(number) {
  return Object.values(OF_SERVICE).find(({ dial }) => dial === number) ?? { number, dial: number, name: "general" };
}

/**
 * @param {Service} service
 */
function parts(service) {
  return /** @type {One[]} */ (service.split("+"));
}

/** Rules for the urgency (models/rules/urgency.toml) that say which service is wanted. */
/** @type {Record<string, One | "despair+crime">} */
export const BY_RULE = {
  "api-bangunan": "fire",
  "kebakaran-alamat": "fire",
  "api-terlihat": "fire",
  "korsleting-rumah": "fire",
  "karhutla-dekat-rumah": "fire",
  "panggil-damkar": "fire",
  "asap-bangunan": "fire",
  "ledakan": "fire",
  "bakar-sengaja": "fire",
  "gas-bocor": "fire",
  "bahan-kimia": "fire",
  "bahan-bakar-tumpah": "fire",
  "terjepit": "rescue",
  "tertimbun": "rescue",
  "runtuh-menimpa-orang": "rescue",
  "jatuh-sumur": "rescue",
  "terjebak-di-lift": "rescue",
  "terkunci-di-dalam": "rescue",
  "hewan-di-rumah": "rescue",
  "hewan-menyerang": "rescue",
  "tersetrum": "medical",
  "hilang-kesadaran": "medical",
  "henti-napas": "medical",
  "sesak-napas": "medical",
  "celaka-berat": "medical",
  "minta-ambulans": "medical",
  "ditolak-igd": "medical",
  "pendarahan": "medical",
  "melahirkan-di-jalan": "medical",
  "bayi-tidak-menangis": "medical",
  "keracunan": "medical",
  "keracunan-massal": "medical",
  "kecelakaan-korban": "medical",
  "kehabisan-oksigen": "medical",
  "tergeletak": "medical",
  "luka-bakar": "medical",
  "anak-belum-pulang": "crime",
  "diculik": "crime",
  "bayi-dibuang": "crime",
  "pemukulan-berlangsung": "crime",
  "mengamuk": "crime",
  "perampokan-berlangsung": "crime",
  "penusukan": "crime",
  "amuk-massa": "crime",
  "bersenjata-di-rumah": "crime",
  "tawuran-berlangsung": "crime",
  "kekerasan-seksual-kini": "crime",
  "bahan-peledak": "crime",
  "minta-diselamatkan": "crime",
  "ingin-mati": "despair",
  "bunuh-diri": "despair",
  "di-tepi-ketinggian": "despair+crime",
  "longsor-bergerak": "sar",
  "banjir-naik-rumah": "sar",
  "banjir-terjebak": "sar",
  "banjir-dalam-rumah": "sar",
  "tanggul-jebol": "sar",
  "tenggelam": "sar",
  "kendaraan-kecebur": "sar",
  "belum-muncul": "sar",
  "kapal-celaka": "sar",
  "nelayan-belum-pulang": "sar",
  "pendaki-hilang": "sar",
};

// The police has to do with much that is no crime, such as traffic: see `byLabels`.
/** @type {Record<string, One>} */
const BY_AGENCY = {
  "pemadam-kebakaran": "fire",
  "perempuan-anak": "crime",
  "satpol-pp": "crime",
  "kesehatan": "medical",
  "rumah-sakit": "medical",
  "bpjs-kesehatan": "medical",
};

/** @type {Record<string, One>} */
const BY_CATEGORY = {
  "keamanan": "crime",
  "perempuan-anak": "crime",
  "kesehatan": "medical",
  "jaminan-kesehatan": "medical",
};

const CRIMES = ["keamanan", "perempuan-anak", "ketertiban"];

/**
 * Returns the service that fits an emergency best, or two. A rule and the words come before the labels, which are often unsure:
 * an answer tells a rule only where one raised it, and the model may well see the emergency by itself.
 *
 * @param {{text: string, rule?: string | null, agency?: string | null, category?: string | null}} report
 * @returns {Service}
 */
export function service({ text, rule, agency, category }) {
  const byRule = BY_RULE[rule ?? ""];
  const said = despair(text);
  if (said === "brink" || byRule === "despair+crime") return "despair+crime";
  if (said || byRule === "despair" || namesDespair(text)) return "despair";
  /** @type {Set<One | undefined>} */
  const found = new Set([byRule, ...wanted(text)]);
  // One brigade for both.
  if (found.has("fire")) found.delete("rescue");
  const both = ORDER.filter((one) => found.has(one)).slice(0, 2);
  if (both.length === 2) return `${both[0]}+${both[1]}`;
  return both[0] ?? byLabels(agency ?? "", category ?? "");
}

/**
 * @param {string} agency
 * @param {string} category
 * @returns {Service}
 */
function byLabels(agency, category) {
  if (agency === "kepolisian") return CRIMES.includes(category) ? "crime" : "general";
  return BY_AGENCY[agency] ?? BY_CATEGORY[category] ?? "general";
}

/**
 * Returns whether the banner stands, so that it does not flicker: it comes at once and goes only when typing has settled.
 *
 * @param {boolean} standing  whether it stands now
 * @param {boolean} emergency  whether the newest answer says emergency
 * @param {boolean} settled  whether the citizen has stopped typing
 * @returns {boolean}
 */
export function stands(standing, emergency, settled) {
  return emergency || (standing && !settled);
}
