/**
 * The document in the page: JSON, compressed, as base64.
 */
import type { PageDocument } from "../play/page-document.js";

export async function pageDocument(): Promise<PageDocument> {
  const packed = document.getElementById("document")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  // The command line wrote it, in the same file as this program.
  return JSON.parse(await new Response(unpacked).text()) as PageDocument;
}
