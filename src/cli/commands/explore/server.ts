/**
 * A server of one page, for the browser of this machine and nobody else.
 *
 * It listens on the loopback address alone. Other programs and users of the machine can reach that, so the path is a token
 * that only the terminal shows. Web pages can reach it too, under a name of theirs that leads to 127.0.0.1 (DNS rebinding),
 * so every request must name this host, and must come from no other origin.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { reasonOf } from "../../../spec/blame.js";
import { PmucheckError } from "../../../spec/errors.js";

const HOST = "127.0.0.1";
const TOKEN_BYTES = 18;

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

export interface PageServer {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Throws PMC181 if the port cannot be listened on. `port`: 0 for one that is free. */
export async function serve(page: string, port: number): Promise<PageServer> {
  const path = `/${randomBytes(TOKEN_BYTES).toString("base64url")}/`;
  const server = createServer((request, response) => answer(request, response, path, page));
  const origin = `http://${HOST}:${await listen(server, port)}`;
  return {
    address: `${origin}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new PmucheckError(
          "PMC181",
          `port ${port} of ${HOST} cannot be listened on: ${reasonOf(error)}; without --port, a free one is taken`,
        ),
      ),
    );
    // A server that listens on TCP has an address and a port.
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function answer(request: IncomingMessage, response: ServerResponse, path: string, page: string): void {
  const status = statusOf(request, path);
  const text = status === 200 ? page : "";
  response.writeHead(status, { ...HEADERS, "Content-Length": Buffer.byteLength(text) });
  response.end(request.method === "HEAD" ? "" : text);
}

function statusOf({ method, url, headers, socket }: IncomingMessage, path: string): 200 | 403 | 404 | 405 {
  const host = `${HOST}:${socket.localPort}`;
  const { origin } = headers;
  if (headers.host !== host || (origin !== undefined && origin !== `http://${host}`)) return 403;
  if (method !== "GET" && method !== "HEAD") return 405;
  return url === path ? 200 : 404;
}
