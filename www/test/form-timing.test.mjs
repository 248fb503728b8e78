import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../form/announce.js";
import { schedule } from "../form/schedule.js";

/** A clock that moves only when told. */
function clock() {
  let time = 0;
  let timers = [];
  return {
    now: () => time,
    later: (run, wait) => {
      const timer = { run, at: time + wait };
      timers.push(timer);
      return timer;
    },
    cancel: (timer) => (timers = timers.filter((one) => one !== timer)),
    pass(milliseconds) {
      const end = time + milliseconds;
      for (let due; (due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]); ) {
        timers = timers.filter((one) => one !== due);
        time = due.at;
        due.run();
      }
      time = end;
    },
  };
}

test("the classifier is asked 150 ms after a pause", () => {
  const hand = clock();
  const asked = [];
  const typed = schedule(() => asked.push(hand.now()), hand);
  typed();
  hand.pass(149);
  assert.deepEqual(asked, []);
  hand.pass(1);
  assert.deepEqual(asked, [150]);
  hand.pass(5000);
  assert.deepEqual(asked, [150]);
});

test("and every 300 ms while typing goes on", () => {
  const hand = clock();
  const asked = [];
  const typed = schedule(() => asked.push(hand.now()), hand);
  for (let key = 0; key < 12; key += 1) {
    typed();
    hand.pass(100);
  }
  hand.pass(1000);
  assert.deepEqual(asked, [300, 600, 900, 1200]);
});

/** A live region that keeps what it was told. */
function listening(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  return { said, region: { get textContent() { return said.at(-1) ?? ""; }, set textContent(words) { said.push(words); } }, pass: (time) => context.mock.timers.tick(time) };
}

test("the screen reader is told once what is new", (context) => {
  const { said, region, pass } = listening(context);
  const announcer = new Announcer(region, () => announcer.say("Saran: Parkir."));
  for (let key = 0; key < 5; key += 1) {
    announcer.typed();
    pass(1000);
  }
  assert.deepEqual(said, []);
  pass(500);
  assert.deepEqual(said, ["Saran: Parkir."]);
  announcer.typed();
  pass(1500);
  assert.deepEqual(said, ["Saran: Parkir."]);
});

test("an emergency is told while typing and once more after the pause, instead of the suggestion, and then no more", (context) => {
  const { said, region, pass } = listening(context);
  let emergency = "general";
  const announcer = new Announcer(region, () => announcer.alarm(emergency, `Telepon: ${emergency}.`) || announcer.say("Saran: Parkir."));
  const type = (service) => {
    emergency = service;
    announcer.typed();
    announcer.alarm(service, `Telepon: ${service}.`);
    return said.splice(0);
  };
  assert.deepEqual(type("general"), ["Telepon: general."]);
  assert.deepEqual(type("general"), []);
  assert.deepEqual(type("fire"), ["Telepon: fire."], "the new number is told");
  assert.deepEqual(type("general"), [], "and the old one not again");
  type("fire");
  said.push("Telepon: fire.");
  pass(1500);
  assert.deepEqual(said.splice(0), ["Telepon: fire.", "Telepon: fire.\u00a0"], "other words, or the reader may stay silent");
  type("fire");
  pass(1500);
  assert.deepEqual(said.splice(0), ["Saran: Parkir."]);
  assert.deepEqual(type("fire"), []);
  // It goes, and another comes in the same report.
  announcer.alarm(null, "");
  assert.deepEqual(type("fire"), ["Telepon: fire."]);
  pass(1500);
  assert.deepEqual(said.length, 1);
});
