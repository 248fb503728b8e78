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

test("the screen reader is told once what is new, and an emergency once at all", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  const region = { get textContent() { return said.at(-1) ?? ""; }, set textContent(words) { said.push(words); } };
  const announcer = new Announcer(region, () => announcer.say("Saran: Parkir."));
  for (let key = 0; key < 5; key += 1) {
    announcer.typed();
    context.mock.timers.tick(1000);
  }
  assert.deepEqual(said, []);
  context.mock.timers.tick(500);
  assert.deepEqual(said, ["Saran: Parkir."]);
  announcer.typed();
  context.mock.timers.tick(1500);
  assert.deepEqual(said, ["Saran: Parkir."]);
  announcer.sayOnce("emergency", "Telepon 112.");
  announcer.sayOnce("emergency", "Telepon 112.");
  assert.deepEqual(said, ["Saran: Parkir.", "Telepon 112."]);
});
