// Everybody can use it: axe-core in every state, on a narrow screen, in the dark, with a finger, with keys alone, by ear.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, SMALL, start } from "./support/site.mjs";
import { STATES } from "./support/states.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { open } = await start();

/** Returns what axe-core finds wrong, with the best practices that it knows. */
async function violations(page) {
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

/** Returns what sticks out of the screen at the side. */
const overflow = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    if (!element.checkVisibility() || element.closest(".mirror, .unseen")) return false;
    const { left, right } = element.getBoundingClientRect();
    return right > width + 0.5 || left < -0.5;
  });
  return [document.documentElement.scrollWidth > width ? `page: ${document.documentElement.scrollWidth} of ${width}` : "", ...out.map((element) => element.outerHTML.slice(0, 90))].filter(Boolean);
});

/** Returns what a finger would miss: controls with less than 44 px, or whose corners belong to something else. */
const narrowTargets = (page) => page.evaluate(() => {
  const controls = [...document.querySelectorAll("a, button, select, input, textarea")].filter((one) => one.checkVisibility() && !one.matches(".skip, :disabled"));
  const narrow = [];
  for (const control of controls) {
    const target = control.matches("[type=radio]") ? control.closest("label") : control;
    target.scrollIntoView({ block: "center" });
    const { left, top, width, height } = target.getBoundingClientRect();
    const name = control.id || control.value || control.textContent;
    if (width < 44 || height < 44) narrow.push(`${name}: ${width} x ${height}`);
    for (const [x, y] of [[left + 6, top + 6], [left + width - 20, top + height - 6], [left + width / 2, top + height / 2]]) {
      const hit = document.elementFromPoint(x, y);
      if (hit !== control && !control.contains(hit) && !(target !== control && target.contains(hit))) narrow.push(`${name}: ${hit?.outerHTML.slice(0, 60)} lies over it`);
    }
  }
  return narrow;
});

for (const [name, reach] of Object.entries(STATES)) {
  test(`${name}: axe-core finds nothing, nothing sticks out at 320 px, and every target fits a finger`, async (context) => {
    const page = await open(context, { ...SMALL, scripts: [axe] });
    await reach(new Person(page));
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(await narrowTargets(page), []);
  });
}

for (const [name, options] of Object.entries({
  "a wide screen": {}, "the dark": { ...PHONE, colorScheme: "dark" }, "a phone on its side": { viewport: { width: 640, height: 360 } },
  "high contrast": { ...PHONE, forcedColors: "active" },
})) {
  test(`${name}: axe-core finds nothing in an emergency`, async (context) => {
    const page = await open(context, { ...options, scripts: [axe] });
    await STATES.emergency(new Person(page));
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflow(page), []);
  });
}

test("axe-core and the measures do find what is wrong", async (context) => {
  const page = await open(context, { ...SMALL, scripts: [axe] });
  await page.evaluate(() => {
    document.querySelector("label[for=judul]").remove();
    const wide = document.createElement("button");
    wide.style.cssText = "width: 400px; height: 20px";
    document.querySelector("main").append(wide);
  });
  assert.match((await violations(page)).join("\n"), /button-name|label/);
  assert.ok((await overflow(page)).length > 0);
  assert.match((await narrowTargets(page)).join("\n"), /400 x 20/);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`in ${colorScheme} mode every surface is ${colorScheme}, and the text stands out`, async (context) => {
    const page = await open(context, { ...PHONE, colorScheme });
    await STATES["private-data"](new Person(page));
    const found = await page.evaluate(() => {
      // Any colour of CSS as the four bytes of a pixel.
      const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const pixel = (colour) => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data];
      };
      const linear = (byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
      const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      const surfaces = ["body", ".card", ".emergency", ".privacy", "#lokasi", "#wilayah", ".marked", ".chip:has(:checked)"];
      return surfaces.map((selector) => {
        let element = document.querySelector(selector);
        const ink = light(pixel(getComputedStyle(element).color));
        while (pixel(getComputedStyle(element).backgroundColor)[3] < 255) element = element.parentElement;
        const ground = light(pixel(getComputedStyle(element).backgroundColor));
        return { selector, ground, contrast: (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) };
      });
    });
    for (const { selector, ground, contrast } of found) {
      assert.ok(colorScheme === "dark" ? ground < 0.08 : ground > 0.7, `${selector}: luminance ${ground.toFixed(3)}`);
      assert.ok(contrast >= 7, `${selector}: contrast ${contrast.toFixed(1)}`);
    }
  });
}

test("who wants no motion gets none", async (context) => {
  const moving = (page) => page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return /[1-9]/.test(transitionDuration) || animationName !== "none";
  }).length);
  assert.equal(await moving(await open(context, { reducedMotion: "reduce" })), 0);
  assert.ok(await moving(await open(context, { reducedMotion: "no-preference" })) > 0);
});

test("with keys alone from the top to the sent report, the focus always in sight", async (context) => {
  const page = await open(context, PHONE);
  const person = new Person(page);
  const focus = () => page.evaluate(() => {
    const element = document.activeElement;
    const shown = element.matches("[type=radio]") ? element.closest("label") : element;
    const { top, bottom, left, right } = shown.getBoundingClientRect();
    const bar = document.querySelector("#emergency").getBoundingClientRect();
    const covered = element.closest("#emergency, .masthead, .skip") ? false : top < bar.bottom - 1 && bottom > bar.top + 1;
    const ring = [element, shown].some((one) => [getComputedStyle(one), getComputedStyle(one, "::after")].some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2));
    return { name: element.id || element.name || element.className, seen: top >= -1 && left >= -1 && right <= innerWidth + 1 && (bottom <= innerHeight + 1 || bottom - top > innerHeight) && !covered, ring };
  });
  const visited = [];
  const tab = async () => {
    await page.keyboard.press("Tab");
    const { name, seen, ring } = await focus();
    visited.push(name);
    assert.ok(seen && ring, `${name}: in sight ${seen}, marked ${ring}`);
    return name;
  };
  const until = async (wanted) => {
    for (let key = 0; key < 30; key += 1) if ((await tab()) === wanted) return;
    assert.fail(`no way with Tab to ${wanted}; found ${visited.join(", ")}`);
  };
  await until("skip");
  await page.keyboard.press("Enter");
  await until("judul");
  await page.keyboard.type("Lampu jalan", { delay: 8 });
  await until("laporan");
  await page.keyboard.type("Lampu jalan mati di depan SD, gelap sekali kalau malam", { delay: 8 });
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  // Until the last words are read, the other suggestions change.
  await pass(page, 600);
  const [, second] = await person.offered("category");
  await until("kategori");
  await page.keyboard.press("ArrowDown");
  assert.equal(await person.chosen("category"), second);
  await page.keyboard.press("Shift+Tab");
  assert.equal((await focus()).name, "back");
  await page.keyboard.press("Enter");
  assert.equal(await person.chosen("category"), "Penerangan jalan umum");
  assert.equal((await focus()).name, "kategori", "the focus stays in the question");
  await until("kategori-lain");
  await until("lokasi");
  await page.keyboard.type("Jl. Melati", { delay: 8 });
  await until("wilayah");
  await page.keyboard.type("Kota Sa");
  await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Samarinda");
  await until("urgensi");
  await page.keyboard.press("ArrowDown");
  assert.equal(await person.chosen("urgency"), "Dalam 1–2 hari");
  await until("jenis");
  await until("send");
  await page.keyboard.press("Enter");
  await person.sent();
  assert.equal((await focus()).name, "sent-heading");
  assert.match(await page.locator("#sent-list").innerText(), /Kota Samarinda[\s\S]*Dalam 1–2 hari/);
  await until("again");
});

/** Writes down what a screen reader is told. */
async function listen(page) {
  await page.evaluate(() => {
    window.said = [];
    const live = document.querySelector("#live");
    new MutationObserver(() => live.textContent && window.said.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.said);
}

test("a screen reader hears nothing while somebody types, and one sentence afterwards", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  const said = await listen(page);
  const live = page.getByRole("status").filter({ has: page.locator(":scope#live") }).or(page.locator("#live"));
  assert.equal(await live.getAttribute("aria-live"), "polite");
  await person.chooseRegion("Kota Samarinda");
  await person.type("report", "Lampu jalan mati di depan SD Negeri dua, gelap sekali, takut.", 60);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  assert.deepEqual(await said(), []);
  const sentence = "Saran: Penerangan jalan umum. Ditangani Dinas Perhubungan Kota Samarinda.";
  await eventually(said, [sentence]);
  // The same again is not said again; another one is.
  await person.type("report", " Lampu jalan.");
  await pass(page, 2200);
  assert.deepEqual(await said(), [sentence]);
  await person.retype("report", "Sampah menumpuk di TPS dan bau");
  await eventually(async () => (await said()).slice(1), ["Saran: Sampah & kebersihan. Ditangani Dinas Lingkungan Hidup Kota Samarinda."]);
});

test("an emergency is heard at once, and once more after the pause instead of the suggestion, with its numbers", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  const said = await listen(page);
  await person.type("report", "Tolong ada kebakaran rumah di Gang Mawar, api merambat ke rumah sebelah");
  const fire = "Ini tampaknya darurat. Menjauh, lalu telepon. Nomor telepon di atas formulir: 112, 113. Laporan tetap bisa dikirim.";
  const heard = async () => (await said()).map((one) => one.replace("\u00a0", ""));
  const after = async () => (await heard()).slice((await heard()).lastIndexOf(fire) - 1);
  await eventually(after, [fire, fire]);
  // Nothing new: the suggestion may be heard now, and the emergency is not heard again.
  await person.type("report", ", api makin besar");
  await eventually(async () => (await heard()).at(-1)?.startsWith("Saran:"), true);
  assert.equal((await heard()).filter((one) => one === fire).length, 2);
  // Another number is new.
  await person.type("report", ", nenek pingsan dan sesak napas");
  const both = fire.replace("112, 113", "112, 113, 119");
  await eventually(async () => (await heard()).filter((one) => one === both).length, 2);
  // The emergency is over; another in the same report is heard again.
  await page.locator("#laporan").fill("Maaf, lampu jalan mati di depan SD, gelap");
  await eventually(async () => (await person.emergency()).calls, ["tel:112"]);
  await page.locator("#laporan").fill("Tolong ada kebakaran rumah di Gang Mawar, api merambat ke rumah sebelah");
  await eventually(async () => (await heard()).filter((one) => one === fire).length, 4);
});

test("nothing moves when suggestions, warning and emergency come and go", async (context) => {
  const page = await open(context, { ...SMALL, scripts: [`
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.shifts.push({ value, sources: sources.map(({ node }) => node?.outerHTML?.slice(0, 90)) });
    }).observe({ type: "layout-shift", buffered: true });`] });
  const person = new Person(page);
  await person.chooseRegion("Kota Surabaya");
  await person.field("report").focus();
  const heights = await page.evaluate(() => document.documentElement.scrollHeight);
  for (const text of ["Lampu jalan di depan SD mati, gelap", "Tolong ada kebakaran rumah di Gang Mawar, api besar. 0812-0000-1234, NIK 9906045203900001, a@b.id", "kenapa begini terus ya di tempat kami ini", ""]) {
    const before = await person.note("category");
    await person.field("report").fill(text);
    await eventually(async () => (await person.note("category")) !== before, true);
    // Into view whatever changes, since only what is in view can be seen to move.
    for (const head of /** @type {const} */ (["category", "agency", "urgency"])) {
      await person.question(head).scrollIntoViewIfNeeded();
      await person.field("report").fill(`${text} `);
      await pass(page, 350);
      await person.field("report").fill(text);
      await pass(page, 350);
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), heights);
  }
  await eventually(async () => (await person.emergency()).calls, ["tel:112"]);
  const shifts = await page.evaluate(() => window.shifts);
  assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < 0.01, JSON.stringify(shifts, null, 1));
  // Negative control: the observer sees what does move.
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.querySelector("h1").style.marginTop = "200px";
  });
  await eventually(() => page.evaluate((count) => window.shifts.length > count, shifts.length), true);
});
