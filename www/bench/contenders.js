// Who is measured, and how each is loaded from bytes in memory. Runs in pages and in Node.

/** @typedef {{ wasm: ArrayBuffer, model: ArrayBuffer }} Bytes */
/** @typedef {{ classify: (text: string) => unknown, close: () => void }} Loaded */
/** @typedef {(bytes: Bytes) => Promise<Loaded>} Start from bytes to something that classifies: this is timed */
/**
 * @typedef {object} Contender
 * @property {string} title
 * @property {string} answers what one call yields
 * @property {string} wasm path of the WebAssembly module, relative to this file
 * @property {string} model path of the model
 * @property {() => Promise<Start>} prepare imports the JavaScript: this is not timed
 */

const IN_NODE = typeof process === "object" && Boolean(process.versions?.node);
const PILAH = "../dist/pilah/";
const FASTTEXT = "../node_modules/fasttext.wasm.js/dist/";
const FASTTEXT_WASM = FASTTEXT + (IN_NODE ? "core/fastText.node.wasm" : "core/fastText.common.wasm");

/** The model that `fasttext-model.mjs` trains; the package itself ships one for languages only. */
export const TRAINED_MODEL = "../dist/bench/category.ftz";

/** @type {Record<string, Contender>} */
export const CONTENDERS = {
  pilah: {
    title: "pilah, in the page",
    answers: "4 heads, evidence, rules, private data",
    wasm: PILAH + "pilah_bg.wasm",
    model: PILAH + "kecil.pilah",
    prepare: () => pilah(false),
  },
  "pilah-worker": {
    title: "pilah, in a worker",
    answers: "the same, with the way to the worker and back",
    wasm: PILAH + "pilah_bg.wasm",
    model: PILAH + "kecil.pilah",
    prepare: () => pilah(true),
  },
  "fasttext-trained": {
    title: "fasttext.wasm.js, model trained on the same files",
    answers: "1 label (category)",
    wasm: FASTTEXT_WASM,
    model: TRAINED_MODEL,
    prepare: fasttext,
  },
  "fasttext-shipped": {
    title: "fasttext.wasm.js, model shipped in the package (lid.176.ftz)",
    answers: "1 label (language)",
    wasm: FASTTEXT_WASM,
    model: FASTTEXT + "models/language-identification/assets/lid.176.ftz",
    prepare: fasttext,
  },
};

/**
 * @param {boolean} worker
 * @returns {Promise<Start>}
 */
async function pilah(worker) {
  const { load } = await import(PILAH + (IN_NODE ? "node.js" : "index.js"));
  if (!IN_NODE && !worker) await import(PILAH + "runtime.js"); // what `load` would import
  return async ({ wasm, model }) => {
    const classifier = await load(new Uint8Array(model), { worker, wasm: new Uint8Array(wasm) });
    return { classify: (text) => classifier.classify(text), close: () => classifier.close() };
  };
}

/**
 * The steps of the package's own `loadModel(url)` without its download. The module's JavaScript is imported
 * beforehand, so that no contender is charged for a request.
 * @returns {Promise<Start>}
 */
async function fasttext() {
  const kind = IN_NODE ? "node" : "common";
  const { getFastTextModule } = await import(`${FASTTEXT}helpers/modules/${kind}.mjs`);
  const { getFastTextClass } = await import(`${FASTTEXT}FastText.mjs`);
  const { FastTextModel } = await import(`${FASTTEXT}FastTextModel.mjs`);
  await import(`${FASTTEXT}core/fastText.${kind}.js`);
  return async ({ wasm, model }) => {
    const options = { wasmBinary: new Uint8Array(wasm) };
    const FastText = await getFastTextClass({ getFastTextModule: () => getFastTextModule(options) });
    const { ft, fs, core } = new FastText();
    fs.writeFile("model.bin", new Uint8Array(model));
    ft.loadModel("model.bin");
    const loaded = new FastTextModel(ft, core);
    return { classify: (text) => predict(loaded, text), close: () => {} };
  };
}

/**
 * The best label as a plain object. Lower case and the line end are what the model was trained with.
 * @param {any} model
 * @param {string} text
 */
function predict(model, text) {
  const found = model.predict(text.toLowerCase() + "\n", 1);
  if (found.size() === 0) throw new Error(`fastText found no label; expected one for ${JSON.stringify(text)}`);
  const [probability, label] = found.get(0);
  found.delete(); // embind's objects are not collected
  return { label: label.replace("__label__", ""), probability };
}

/**
 * The bytes of a contender, in pages.
 * @param {Contender} contender
 * @returns {Promise<Bytes>}
 */
export async function fetchBytes({ wasm, model }) {
  const [first, second] = await Promise.all([wasm, model].map(fetchFile));
  return { wasm: first, model: second };
}

/** @param {string} path relative to this file */
async function fetchFile(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: found status ${response.status}; expected the file, made by npm run bench`);
  return response.arrayBuffer();
}
