// Pictures of the form for human eyes, in dist/screenshots. What they show is made sure of before each is taken.

import assert from "node:assert/strict";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Person } from "./support/person.mjs";
import { PHONE, SMALL, start, www } from "./support/site.mjs";
import { STATES } from "./support/states.mjs";

const folder = join(www, "dist/screenshots");
mkdirSync(folder, { recursive: true });
const { open } = await start();

const SMALL_PHONE = { ...PHONE, ...SMALL };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const SIDEWAYS = { ...PHONE, viewport: { width: 640, height: 360 } };

/** File name: screen, state, and whether only what is in view. @type {Record<string, [any, string, boolean?]>} */
const PICTURES = {
  "phone-start": [PHONE, "start"],
  "phone": [PHONE, "suggestions"],
  "phone-320": [SMALL_PHONE, "suggestions"],
  "phone-sideways": [SIDEWAYS, "emergency", true],
  "phone-emergency": [PHONE, "emergency"],
  "phone-despair": [PHONE, "despair", true],
  "phone-doubt": [PHONE, "doubt"],
  "phone-private-data": [PHONE, "private-data"],
  "phone-english": [PHONE, "english"],
  "phone-sent": [PHONE, "sent"],
  "phone-dark": [{ ...PHONE, colorScheme: "dark" }, "suggestions"],
  "desktop": [DESKTOP, "suggestions"],
  "desktop-dark": [{ ...DESKTOP, colorScheme: "dark" }, "emergency"],
};

for (const [name, [screen, state, view]] of Object.entries(PICTURES)) {
  test(`${name}.png`, async (context) => {
    const page = await open(context, { ...screen, reducedMotion: "reduce" });
    await STATES[state](new Person(page));
    if (view) await page.evaluate(() => scrollTo(0, 0));
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, fullPage: !view, animations: "disabled" });
    assert.ok(statSync(path).size > 10_000, "an empty picture");
  });
}
