/**
 * Are SPIN, Rumur and a C compiler there, and if not, how they get there.
 */
import { spawnSync } from "node:child_process";

export type Tool = "spin" | "rumur" | "gcc";

export function isInstalled(tool: Tool): boolean {
  const [flag] = tool === "spin" ? ["-V"] : ["--version"];
  return spawnSync(tool, [flag], { stdio: "ignore" }).status === 0;
}

/** Installs what is missing from Debian, if this may; returns what is missing still. */
export function install(say: (text: string) => void): Tool[] {
  const wanted = missing();
  if (wanted.length === 0) return [];
  const command = `apt-get install -y ${wanted.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (isRoot && hasApt) {
    say(`bench: ${wanted.join(", ")} not found; running ${command}`);
    const apt = (args: readonly string[]) =>
      spawnSync("apt-get", [...args], { stdio: ["ignore", 2, 2] }).status;
    if (apt(["install", "-y", ...wanted]) !== 0) {
      apt(["update"]);
      apt(["install", "-y", ...wanted]);
    }
  }
  const still = missing();
  if (still.length > 0) {
    say(`bench: without ${still.join(", ")} its rows are left out; on Debian: sudo ${command}`);
  }
  return still;
}

function missing(): Tool[] {
  return (["spin", "rumur", "gcc"] as const).filter((tool) => !isInstalled(tool));
}
