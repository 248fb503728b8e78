// Which number to call in an emergency. No DOM.

/**
 * - `general`: no service fits better than the others
 * - `despair`: someone may harm themselves; 119 extension 8 listens
 *
 * @typedef {"general" | "fire" | "crime" | "medical" | "despair"} Service
 * @typedef {{number: string, dial: string, name: Service}} Call
 */

/** The number of all services together, where a region answers it. */
const JOINT = "112";

/** The number of each service. A comma in `dial` is a pause, after which the extension is dialled. */
/** @type {Record<Exclude<Service, "general">, Call>} */
const OF_SERVICE = {
  fire: { number: "113", dial: "113", name: "fire" },
  crime: { number: "110", dial: "110", name: "crime" },
  medical: { number: "119", dial: "119", name: "medical" },
  despair: { number: "119 ext. 8", dial: "119,8", name: "despair" },
};

/**
 * Returns the calls to offer, the one to try first before the others. `numbers` are those of a region, as its directory orders
 * them: where they begin with the number of one service, no number there reaches all of them, and the service that is wanted
 * comes first. An unknown region has none, and 112 comes first.
 *
 * @param {Service} service
 * @param {string[]} numbers
 * @returns {Call[]}
 */
export function calls(service, numbers) {
  const first = named(numbers[0] ?? JOINT);
  const fitting = service === "general" ? first : OF_SERVICE[service];
  const all = first.name === "general" ? [first, fitting] : [fitting, named(JOINT)];
  return all.filter(({ dial }, place) => all.findIndex((call) => call.dial === dial) === place);
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

/** Rules for the urgency (models/rules/urgency.toml) that say which service is wanted. */
/** @type {Record<string, Service>} */
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
  "terjepit": "fire",
  "jatuh-sumur": "fire",
  "terjebak-di-lift": "fire",
  "terkunci-di-dalam": "fire",
  "hewan-di-rumah": "fire",
  "hewan-menyerang": "fire",
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
};

/** @type {Record<string, Service>} */
const BY_AGENCY = {
  "pemadam-kebakaran": "fire",
  "kepolisian": "crime",
  "perempuan-anak": "crime",
  "satpol-pp": "crime",
  "kesehatan": "medical",
  "rumah-sakit": "medical",
  "bpjs-kesehatan": "medical",
};

/** @type {Record<string, Service>} */
const BY_CATEGORY = {
  "keamanan": "crime",
  "perempuan-anak": "crime",
  "kesehatan": "medical",
  "jaminan-kesehatan": "medical",
};

// The model can see despair by itself, and then no rule is told; no label stands for it, so the words must.
const DESPAIR = new RegExp(
  [
    "bunuh\\s*diri",
    "gantung\\s+diri",
    "(akhiri|akhirin|ngakhirin)\\s+(hidup|nyawa)",
    "(saya|aku|gue|gw)\\s+(sudah\\s+)?(ingin|pengen|pingin|mau|mending|mendingan|lebih\\s+baik)\\s+mati",
    "(ingin|pengen|pingin|mau)\\s+mati\\s+(saja|aja)",
    "lebih\\s+baik\\s+(saya|aku)\\s+mati",
    "(tidak|nggak|gak|ga|ndak|tak)\\s+(mau|ingin|sanggup|kuat)\\s+(lagi\\s+)?hidup",
  ].join("|"),
  "i",
);

/**
 * Returns the service that fits an emergency best.
 *
 * @param {{text: string, rule?: string | null, agency?: string | null, category?: string | null}} report
 * @returns {Service}
 */
export function service({ text, rule, agency, category }) {
  if (DESPAIR.test(text)) return "despair";
  return BY_RULE[rule ?? ""] ?? BY_AGENCY[agency ?? ""] ?? BY_CATEGORY[category ?? ""] ?? "general";
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
