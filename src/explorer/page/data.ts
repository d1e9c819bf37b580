/**
 * What the command line has put into the page: the document, which is JSON, compressed, as base64, and the user's own code.
 */
import { NO_OWN_CODE, type OwnCode } from "../own/own-code.js";
import type { PageDocument } from "../play/page-document.js";

export async function pageDocument(): Promise<PageDocument> {
  const packed = document.getElementById("document")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  // The command line wrote it, in the same file as this program.
  return JSON.parse(await new Response(unpacked).text()) as PageDocument;
}

/** The user's own code, which a script before this program has defined, if the page has any. */
export function ownCode(): OwnCode {
  return (globalThis as { readonly pmucheckOwn?: OwnCode }).pmucheckOwn ?? NO_OWN_CODE;
}
