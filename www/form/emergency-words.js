// The words that tell which service an emergency wants, and the few that tell an emergency by themselves. No DOM.
//
// An entry is looked for as whole words, in any case. `*` stands for the rest of a word, `(a|b)` for a choice, `(a )?` for what may be missing.

/** @typedef {"fire" | "rescue" | "crime" | "medical" | "sar"} Wanted */

/**
 * Words that choose the service once a text is known to be an emergency; so they may be broad.
 * `rescue` is the fire brigade's other work: people freed, animals caught.
 *
 * @type {Record<Wanted, string[]>}
 */
const SERVICES = {
  fire: [
    "kebakar*", "terbakar*", "dibakar*", "membakar*", "(ber|me|ng)?kobar*", "api", "apinya", "asap (tebal|hitam|pekat)", "gas bocor", "(ke)?bocor(an)? gas", "bau gas", "meledak*", "ledakan*",
    "fire", "burning", "gas leak*", "leaking gas", "explosion", "exploded",
  ],
  rescue: [
    "(ter|ke)jepit*", "(ter|ke)himpit*", "(ke|ter)timpa*", "ketiban", "menimpa*", "(ter|ke)timbun*", "(ter|ke)jebak*", "ular", "ularnya", "tawon*", "lebah*", "trapped", "stuck in (the|a|an) (lift|elevator)",
  ],
  crime: [
    "begal*", "(di)?rampok*", "perampok*", "(di|mem)?bacok*", "(di|menusuk|men)?tusuk*", "penusuk*", "celurit*", "(di|men)?todong*", "penodong*", "(di|men)?culik*", "penculik*", "(di|me)?sandera*",
    "(di|mem)?perkosa*", "tawuran*", "(robbery|robbing|robbed|robber|robbers)", "stabb(ed|ing)", "gunman", "kidnapp(ed|ing)",
  ],
  medical: [
    "(ber|pen|per)?darah*", "pingsan*", "(tidak|tak|tdk|nggak|enggak|gak|ga|belum) sadar*", "sesak (napas|nafas)*", "(tidak|nggak|gak) (bernapas|bernafas)", "muntah*", "keracunan*", "kejang*", "serangan jantung",
    "melahirkan", "tenggelam*", "kecelakaan*", "(di|ke|me|ter|na)?(n)?tabrak*", "patah (tulang|kaki|tangan)", "kesetrum*", "tersetrum*",
    "bleeding", "unconscious", "not breathing", "can ?not breathe", "can'?t breathe", "heart attack", "injured", "drowning",
  ],
  sar: [
    "tenggelam*", "kelelep*", "hanyut*", "(ter|ke)seret (arus|ombak)", "banjir*", "air (bah|naik|sungai meluap)", "longsor*", "kapal*", "perahu*", "nelayan*", "pendaki*", "drowning", "swept away", "landslide*", "flood*",
  ],
};

/** What looks like the words above and is not. */
const LOOKALIKES = ["kereta api", "gunung (ber)?api", "kapal api", "kembang api", "api cemburu", "fire (brigade|department|station|truck|fighter|fighters)", "fire extinguisher*"];

// ---- Despair

const SELF = "(saya|aku|gue|gua|gw)";
const NOT = "(tidak|tak|tdk|nggak|enggak|ngga|gak|ga|gk|ndak)";
const WISH = "(ingin|pengen|pengin|pingin|kepengen|kepingin|pgn|mau|hendak|berniat|niat)";
const END = "(bunuh ?diri|(meng)?akhiri (hidup|nyawa)*|(ng)?akhirin (hidup|nyawa)*|gantung diri)";
const ALSO = "((sudah|udah|udh|cuma|hanya|jadi|makin|selalu|sangat|juga|memang|rasanya|benar|bener|betul) ){0,3}";

/** Somebody speaks of themselves: this raises the alarm whatever else the sentence says. "Pernah" and "tidak" do not fit between. */
const OWN = [
  `${SELF} ${ALSO}${WISH} (${END}|mati)`,
  `lebih baik ${SELF} (mati|${NOT} (usah )?ada)`,
  `${SELF} ${ALSO}(mending|mendingan|lebih baik) (mati|${NOT} (usah )?ada)`,
  `${SELF} ${ALSO}${NOT} (ingin|mau|pengen|sanggup|kuat) hidup lagi`,
  "(want|going|about|ready) to (die|kill myself|end my life|hang myself)", "(will|gonna) (kill myself|end my life|hang myself)", "i am suicidal", "i'm suicidal",
];

/** Somebody speaks of anybody: this raises it unless the sentence is about another time, or teaches. */
const ANYBODY = [
  `${WISH} ${END}`, `(mencoba|coba|nekat|ancam|mengancam|ngancam) (${WISH} )?${END}`, "gantung diri", "(ingin|pengen|pengin|pingin|kepengen|kepingin) mati", "mau mati (saja|aja)",
  "(attempting|committing|threatening|about to commit|wants to commit|trying to commit) suicide", "wants to (die|kill (him|her)self)",
];

/** On the edge of a height: a listener alone is not enough there. */
const BRINK = [
  `(${WISH}|akan|siap|nekat) (lompat|loncat|melompat|meloncat|terjun) ((dari|ke|di) )?((atas|bawah|pinggir|tepi) )?(jembatan*|gedung*|atap*|lantai|tower*|menara*|rooftop|apartemen*|flyover|tebing)`,
  "(going|about|wants|want) to jump (off|from) (the|a|this) (bridge|building|roof|tower)",
];

/** Means at hand; by themselves they are a visit to a chemist's, together with TIRED they are not. */
const MEANS = ["(siapin|siapkan|menyiapkan|nyiapin|kumpulin|mengumpulkan|pegang) (obat|racun|tali|pisau|silet)*"];
const TIRED = [
  "(capek|cape|lelah|bosan) hidup", `${NOT} (kuat|sanggup|tahan) (lagi|hidup)`, "pamit", "selamat tinggal", "maafkan (aku|saya)", `${NOT} ada gunanya`, `lebih baik ${SELF} ${NOT} ada`, "(ingin|pengen) tidur selamanya",
];

/** Figures of speech, taken out before the words above are looked for. */
const FIGURES = [
  "mati (gaya|kutu|rasa|ketawa|tertawa|bosan|kebosanan|kepanasan|kedinginan|kelaparan|penasaran|konyol|suri|lampu|listrik|air|langkah|matian)*",
  `${NOT} ${WISH} mati`,
  "(serasa|rasanya|rasa|kayak|kaya|kek|seperti|hampir|nyaris) mau mati(?! (saja|aja))", "(die|kill myself) (laughing|of boredom|of laughter)", "(die|dying) (for|to know)",
];

/** Those whose telling is not about the teller ("adik saya mau …"), and things that die ("HP saya mau mati"). */
const KIN = "(teman|kawan|sahabat|adik|kakak|anak|ibu|bapak|ayah|mama|papa|suami|istri|tetangga|saudara|sepupu|murid|pacar|nenek|kakek|paman|tante)";
const THING = "(barang|lampu|listrik|ac|kipas|hp|ponsel|laptop|mesin|motor|mobil|tv|wifi|internet|jaringan|pompa|sinyal|aki|baterai|pohon|tanaman|bunga|ikan|ayam|kucing|sapi|kambing|pasar|usaha|warung|toko|lampunya|listriknya)";

/** Another time, or a lesson: thanks, news, posters, plays. Looked for in the same sentence, and nothing beside a word of NOW. */
const ELSEWHEN = [
  "kemarin", "dulu", "pernah", "(tahun|bulan|minggu|pekan) (lalu|kemarin)", "semalam", "berita*", "kasus*", "angka", "viral", "film*", "lagu*", "lirik", "konten", "novel*", "sosialisasi*", "pencegahan*", "(men)?cegah*",
  "seminar", "webinar", "edukasi", "poster*", "kampanye*", "penyuluhan", "pelatihan", "simulasi", "(terima kasih|makasih) (kepada|untuk|sudah|udah|telah|atas|petugas|damkar|pemadam|polisi)", "berhasil (di|me)*",
  "(sudah|telah|sempat) diselamatkan", "ditemukan", "tewas", "jenazah", "alm", "almarhum*", "(jika|bila|apabila|kalau) (anda|kamu|seseorang|ada|teman)", "(bagi|untuk) (yang|orang|warga|mereka)",
  "jangan (sampai|pernah|bunuh|gantung)", "(ber)?main", "(sambil|buat|untuk|habis) mandi", "berenang", "lomba", "wahana", "bungee",
  "yesterday", "ago", "last (year|month|week|night)", "drills?", "simulation", "exercise", "training", "prevention", "movie", "news", "in case", "daylight", "never",
];
const NOW = ["sekarang", "saat ini", "malam ini", "now", "right now", "tonight"];

// ---- English: the model reads Indonesian, so a few clear sentences of now are heard here.

const ENGLISH = [
  "(is|are|it's|house|building|car|kitchen|shop) on fire", "(there is|there's|there are) (a )?((big|huge|large) )?fires?(?! (brigade|department|station|truck|fighter|drill|extinguisher|hydrant|alarm|escape|exit|safety))", "(house|home|building|shop|kitchen|roof|car|market|school|warehouse) (is|are) burning", "fire is spreading", "(is|are) gas leaking",
  "(there is|there's|have|smell|smelling) (a )?gas leak*", "gas leak (in|at|now|help)", "(am|are|is|we're|i'm|people|child|children|someone|somebody|man|woman) trapped(?! in (traffic|debt|paperwork|bureaucracy|poverty))", "help trapped", "stuck in (the|a|an) (lift|elevator)",
  "(is|are|someone|somebody|child|man|woman) drowning(?! in (debt|paperwork|work|trash|garbage|homework))", "(am|is|are|bleeding) bleeding(?! money)", "bleeding (heavily|badly|out|a lot)", "(is|are) (unconscious|not breathing)", "having a heart attack",
  "(accident|crash|collision) (.{0,40} )?(injured|bleeding|unconscious)", "(injured|bleeding|unconscious) .{0,40} (accident|crash|collision)", "robbery (now|in progress|happening|going on)", "(is|are) (robbing|being robbed|stabbing)", "(there is|there's) a robbery", "armed robbery",
];

/** @type {(entries: string[]) => RegExp} */
const find = (entries) => new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${entries.map(source).join("|")})(?![\\p{L}\\p{N}])`, "iu");
/** @type {(entry: string) => string} */
const source = (entry) => entry.replace(/\*/g, "\\p{L}*").replace(/ /g, "\\s+");
/** @type {(entries: string[]) => RegExp} */
const all = (entries) => new RegExp(find(entries).source, "giu");

const PATTERN = {
  own: find(OWN), anybody: find(ANYBODY), brink: find(BRINK), means: find(MEANS), tired: find(TIRED), elsewhen: find(ELSEWHEN), now: find(NOW), english: find(ENGLISH), thing: find([THING]),
  self: find([SELF, "i", "i'm", "myself"]), named: find([END, `${NOT} (mau|ingin|sanggup|kuat) (lagi )?hidup`, "(want to die|suicide|kill myself)"]), figures: all(FIGURES), lookalikes: all(LOOKALIKES), kin: all([`${KIN} ${SELF}`]), owned: all([`${THING} (\\p{L}+ )?${SELF}`]),
};
const SERVICE_PATTERNS = /** @type {[Wanted, RegExp][]} */ (Object.entries(SERVICES).map(([service, entries]) => [service, find(entries)]));

/**
 * Returns the services that the words of an emergency ask for.
 *
 * @param {string} text
 * @returns {Wanted[]}
 */
export function wanted(text) {
  const meant = plain(text).replace(PATTERN.lookalikes, " ");
  return SERVICE_PATTERNS.filter(([, pattern]) => pattern.test(meant)).map(([service]) => service);
}

/**
 * Returns whether somebody says that they, or somebody with them, may end a life now; "brink" where it is at a height.
 *
 * @param {string} text
 * @returns {"despair" | "brink" | null}
 */
export function despair(text) {
  const heard = sentences(text);
  if (heard.some((one) => PATTERN.brink.test(one) && (PATTERN.self.test(one) || !elsewhen(one)))) return "brink";
  const meant = plain(text);
  if (PATTERN.means.test(meant) && PATTERN.tired.test(meant)) return "despair";
  const said = heard.some((one) => PATTERN.own.test(one) || (PATTERN.anybody.test(one) && !elsewhen(one) && !PATTERN.thing.test(one)));
  return said ? "despair" : null;
}

/**
 * Returns whether despair is spoken of at all: enough to choose the number once a text is known to be an emergency.
 *
 * @param {string} text
 */
export function namesDespair(text) {
  return PATTERN.named.test(plain(text));
}

/**
 * Returns whether the words tell an emergency by themselves, whatever the model makes of them.
 *
 * @param {string} text
 */
export function raises(text) {
  return despair(text) !== null || sentences(text).some((one) => PATTERN.english.test(one) && !elsewhen(one));
}

/**
 * @param {string} sentence
 */
function elsewhen(sentence) {
  return PATTERN.elsewhen.test(sentence) && !PATTERN.now.test(sentence);
}

/**
 * @param {string} text
 */
function plain(text) {
  return text.replace(/[-_/,:"“”()]+/g, " ").replace(/’/g, "'");
}

/**
 * Returns the sentences without figures of speech; people and things that are the teller's are no longer the teller.
 *
 * @param {string} text
 */
function sentences(text) {
  return text.split(/[.!?;\n]+/).map((one) => plain(one).replace(PATTERN.figures, " ").replace(PATTERN.owned, " barang").replace(PATTERN.kin, " orang"));
}
