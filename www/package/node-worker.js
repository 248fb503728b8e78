// The script of a worker thread in Node.

import { parentPort } from "node:worker_threads";
import { server } from "./serve.js";

const answer = server();
parentPort?.on("message", async (message) => parentPort?.postMessage(await answer(message)));
