// The script of a Web Worker.

import { server } from "./runtime.js";

const answer = server();
const refuse = { error: { code: "worker", message: "the worker could not read a message" } };
addEventListener("message", async ({ data }) => postMessage(await answer(data)));
addEventListener("messageerror", () => postMessage(refuse));
