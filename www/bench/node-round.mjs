// One round of one contender in a fresh Node: `node bench/node-round.mjs CONTENDER < TEXTS.json`, prints JSON.

import { readFileSync } from "node:fs";
import { CONTENDERS } from "./contenders.js";
import { measure } from "./measure.js";

const name = process.argv[2];
const contender = CONTENDERS[name];
if (!contender) throw new Error(`found contender ${name}; expected one of ${Object.keys(CONTENDERS).join(", ")}`);
const [wasm, model] = [contender.wasm, contender.model].map((path) => {
  const file = readFileSync(new URL(path, import.meta.url));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
});
const round = await measure(contender, { wasm, model }, JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(round));
