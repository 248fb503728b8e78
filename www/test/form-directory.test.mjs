import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { distinct, lineage, office } from "../form/directory.js";
import { kinds, masksIn } from "../form/privacy.js";

const folder = new URL("../../models/directory/", import.meta.url);
const read = async (id) => JSON.parse(readFileSync(new URL(`${id}.json`, folder), "utf8"));

test("an office is the region's own, else that of the regions above it", async () => {
  const town = { id: "kota", name: "Kota", parent: "provinsi", offices: { sosial: { name: "Dinas Sosial Kota" } } };
  const province = { id: "provinsi", name: "Provinsi", parent: "nasional", offices: { sosial: { name: "x" }, agama: { name: "Kanwil" } } };
  const regions = await lineage("kota", async (id) => ({ kota: town, provinsi: province, nasional: { id, name: "Indonesia", offices: {} } })[id]);
  assert.deepEqual(regions.map(({ id }) => id), ["kota", "provinsi", "nasional"]);
  assert.equal(office(regions, "sosial")?.name, "Dinas Sosial Kota");
  assert.equal(office(regions, "agama")?.name, "Kanwil");
  assert.equal(office(regions, "pendidikan"), null);
  assert.equal(office([], "sosial"), null);
});

test("a directory that goes round in circles ends", async () => {
  const regions = await lineage("a", async (id) => ({ id, name: id, parent: id === "a" ? "b" : "a", offices: {} }));
  assert.deepEqual(regions.map(({ id }) => id), ["a", "b"]);
});

test("functions of one office are offered once", () => {
  const regions = [{ id: "kota", name: "Kota", offices: { sosial: { name: "Dinsos" }, "perempuan-anak": { name: "Dinsos" }, agama: { name: "Kemenag" } } }];
  assert.deepEqual(distinct(["sosial", "perempuan-anak", "agama", "pajak"], regions, 3), ["sosial", "agama", "pajak"]);
  assert.deepEqual(distinct(["sosial", "perempuan-anak"], [], 3), ["sosial", "perempuan-anak"]);
});

test("the page lists the directory's regions under their names", async () => {
  const page = readFileSync(new URL("../index.html", import.meta.url), "utf8");
  const list = page.slice(page.indexOf('<select id="wilayah"'), page.indexOf("</select>", page.indexOf('<select id="wilayah"')));
  const options = [...list.matchAll(/<option value="([^"]+)"[^>]*>([^<]+)</g)].map(([, id, name]) => [id, name]);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
  assert.deepEqual(options.map(([id]) => id).sort(), files.sort());
  for (const [id, name] of options) if (id !== "nasional") assert.equal(name, (await read(id)).name);
});

test("every region names an office for every function, if need be through the nation", async () => {
  const labels = readFileSync(new URL("../../models/labels/agency.toml", import.meta.url), "utf8");
  const agencies = [...labels.matchAll(/^id = "(.*)"$/gm)].map(([, id]) => id);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const regions = await lineage(file.slice(0, -5), read);
    assert.deepEqual(agencies.filter((agency) => !office(regions, agency)), [], file);
  }
});

test("masks are found again in order, and a lost one is noticed", () => {
  const hidden = [{ mask: "[NIK]" }, { mask: "[TELEPON]" }, { mask: "[TELEPON]" }];
  assert.deepEqual(masksIn("a [NIK] b [TELEPON][TELEPON]", hidden), [2, 10, 19]);
  assert.equal(masksIn("[NIK] [TELEPON]", hidden), null);
});

test("what was found is named once, in a fixed order", () => {
  const found = [{ kind: "email", start: 0, end: 1 }, { kind: "phone", start: 2, end: 3 }, { kind: "phone", start: 4, end: 5 }];
  assert.deepEqual(kinds(found), ["phone", "email"]);
});
