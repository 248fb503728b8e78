// Texts as nobody has written them: words of the seed reports, recombined with whatever people and machines type.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { random } from "./random.mjs";

const reports = readFileSync(join(root, "models/seed.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line).text);
const words = [...new Set(reports.flatMap((text) => text.split(/\s+/)))];
// What the urgency rules look for: put together, it raises answers now and then.
const rules = readFileSync(join(root, "models/rules/urgency.toml"), "utf8").split("[[rule]]").slice(1).map(wanted);
const slang = ["gmn", "yg", "blm", "udh", "tdk", "tlg", "dong", "bgt", "jln", "sy", "krn", "bpk2", "anak2", "wkwkwk", "anjir", "mksh", "pdhl", "lg", "sm", "utk"];
const emoji = ["🔥", "😭", "🙏🏽", "👨‍👩‍👧‍👦", "🇮🇩", "❤️", "⚠️", "🚑", "1️⃣", "🏚"];
const foreign = ["ᬩᬮᬶ", "ꦗꦮ", "日本語", "שלום", "مرحبا", "Ünïcödé", "Straße", "ΣΊΣΥΦΟΣ", "İstanbul", "ﬁle", "e\u0301", "𝒜𝒷𝒸", "𐐷", "जल", "가나다"];
const numbers = ["0812-3456-7890", "+62 812 3456 7890", "62812345678901", "6408123456780001", "Rp1.500.000", "3,5", "17.08.1945", "RT 03/RW 05", "KM 12", "2x", "123456789012345678901234567890"];
const addresses = ["warga@contoh.id", "https://contoh.go.id/a?b=c#d", "www.contoh.id", "@admin_kota", "#JalanRusak", "a.b@c", "http://"];
const blanks = [" ", " ", " ", " ", " ", "  ", "\n", "\t", "\r\n", "\u00a0", "\u2028", "\u200b", "\u3000", "", "\u0000", "\u000b", "\ufeff"];
const signs = [".", ",", "!", "!!!", "?", "...", "-", "/", "(", ")", '"', "'", "’", "…", "&", "%", "_", "*", "`", "\\", "“"];

/**
 * Returns `count` texts; the same for the same seed.
 * @param {number} count
 * @param {number} seed
 */
export function texts(count, seed) {
  const dice = random(seed);
  return Array.from({ length: count }, () => text(dice));
}

/** @param {ReturnType<typeof random>} dice */
function text(dice) {
  if (dice.once(25)) return Array.from({ length: dice.below(80) }, () => character(dice)).join("");
  if (dice.once(4)) return alarm(dice);
  if (dice.once(10)) return spoilt(dice.pick(reports), dice);
  const length = dice.once(100) ? 300 + dice.below(1500) : dice.below(dice.once(4) ? 120 : 30);
  let made = "";
  for (let at = 0; at < length; at += 1) made += piece(dice) + dice.pick(blanks);
  return made;
}

/**
 * The lists of expressions of which a rule wants one each.
 * @param {string} rule
 */
function wanted(rule) {
  const lists = /^all = \[([^]*?)\]\n/m.exec(rule)?.[1] ?? "";
  return lists.split("]").map((list) => [...list.matchAll(/"([^"@<]+?)\*?"/g)].map((match) => match[1])).filter((list) => list.length > 0);
}

/** What sets off a rule, or nearly, among other words. @param {ReturnType<typeof random>} dice */
function alarm(dice) {
  const parts = dice.pick(rules).map((list) => dice.pick(list));
  const rest = Array.from({ length: dice.below(12) }, () => dice.pick(words));
  return [...rest, ...parts, ...rest.slice(dice.below(12))].join(" ") + (dice.once(3) ? dice.pick(emoji) : "");
}

/** @param {ReturnType<typeof random>} dice */
function piece(dice) {
  const roll = dice.below(40);
  if (roll < 24) return dice.pick(words);
  if (roll < 28) return dice.pick(slang);
  if (roll < 29) return dice.pick(words).toUpperCase();
  if (roll < 30) return spoilt(dice.pick(words), dice);
  const kind = [emoji, foreign, numbers, addresses, signs, signs, signs, slang, numbers][roll - 30];
  return kind ? dice.pick(kind) : character(dice);
}

/**
 * A report or word with one thing wrong.
 * @param {string} from
 * @param {ReturnType<typeof random>} dice
 */
function spoilt(from, dice) {
  const at = dice.below(from.length + 1);
  const ways = [from.slice(0, at) + character(dice) + from.slice(at), from.slice(at), from.slice(0, at) + from.slice(at + 1), from + from.slice(0, at), from.slice(0, at) + from.slice(at).repeat(2)];
  return dice.pick(ways);
}

/**
 * Any UTF-16 unit or character, halves of surrogate pairs among them.
 * @param {ReturnType<typeof random>} dice
 */
function character(dice) {
  const [first, end] = dice.pick([[0, 0x80], [0x80, 0x800], [0x800, 0x10000], [0x10000, 0x110000], [0xd800, 0xe000], [0x1f300, 0x1fb00]]);
  return String.fromCodePoint(first + dice.below(end - first));
}
