/** The user's folders (XDG Base Directory Specification), and ours in them. */
import { homedir } from "node:os";
import { join } from "node:path";

/** For what can be made again. */
export function cacheFolder(): string {
  return ours("XDG_CACHE_HOME", ".cache");
}

/** For what one run leaves for the next. */
export function stateFolder(): string {
  return ours("XDG_STATE_HOME", ".local/state");
}

function ours(variable: string, below: string): string {
  const asked = process.env[variable];
  return join(asked === undefined || asked === "" ? join(homedir(), below) : asked, "pmucheck");
}
