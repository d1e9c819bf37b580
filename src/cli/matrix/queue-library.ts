/**
 * BullMQ, a queue of jobs on Redis that nobody has to install who uses no queue, and the Redis at a URL.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as BullMQ from "bullmq";
import type * as IORedis from "ioredis";

import { packageRoot } from "../../check/fingerprint.js";
import { reasonOf } from "../../spec/blame.js";
import { PmucheckError } from "../../spec/errors.js";

export type QueueLibrary = Pick<typeof BullMQ, "Queue" | "QueueEvents" | "Worker">;

export const INSTALL = "npm install bullmq@6 ioredis@6";
const PATIENCE_MS = 5_000;

/**
 * The library, once a Redis has answered at the URL. Throws PMC104 for what is no such URL, PMC118 without the library, PMC119
 * without a Redis.
 */
export async function queueLibrary(url: string): Promise<QueueLibrary> {
  const shown = shownUrl(url);
  // Where pmucheck is installed, and not in the folder that it is run in: what is there may be anybody's.
  const require = createRequire(join(packageRoot(), "package.json"));
  let library: QueueLibrary;
  let redis: typeof IORedis;
  try {
    // Its own types say what a module that is loaded by name is.
    library = require("bullmq") as QueueLibrary;
    redis = require("ioredis") as typeof IORedis;
  } catch (error) {
    throw new PmucheckError("PMC118", `a queue needs BullMQ where pmucheck is installed: ${INSTALL}`, {
      cause: error,
    });
  }
  await mustAnswer(redis, url, shown);
  return library;
}

/** The URL without user and password, which messages and logs show. Throws PMC104 for another kind of URL. */
export function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && ["redis:", "rediss:"].includes(parsed.protocol)) {
    return `${parsed.protocol}//${parsed.host}`;
  }
  throw new PmucheckError("PMC104", "--queue takes the URL of a Redis, as in --queue redis://localhost:6379");
}

async function mustAnswer(redis: typeof IORedis, url: string, shown: string): Promise<void> {
  const client = new redis.Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    retryStrategy: () => null,
  });
  let fault: unknown;
  // It tells why by an event, and of the command only that there is no connection.
  client.on("error", (error: unknown) => (fault ??= error));
  try {
    await client.ping();
  } catch (error) {
    throw new PmucheckError("PMC119", `no Redis answers at ${shown}: ${faultOf(fault ?? error)}`);
  } finally {
    client.disconnect();
  }
}

/** One error for several addresses has no message of its own. */
export function faultOf(error: unknown): string {
  const each = error instanceof AggregateError ? error.errors : [error];
  return each.map(reasonOf).join("; ");
}
