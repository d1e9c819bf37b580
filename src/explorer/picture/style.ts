/**
 * The look of the picture. The page defines the colours for its two themes; a picture that is saved has those of paper.
 */
import { draw, GUTTER } from "./draw.js";
import type { Scene, Shown } from "./scene.js";
import { element } from "./svg.js";

/** Okabe and Ito's colours, darkened or lightened until text on them has a contrast of 4.5 : 1. */
export const LIGHT =
  "--paper:#ffffff;--ink:#1b1f24;--soft:#57606a;--grid:#d0d7de;--task:#cfe3f5;--irq:#fbdcc4;--nmi:#ead1e4;" +
  "--bus:#eef1f4;--high:#d9ead3;--bad:#b3261e;--good:#0b6e4f;--open:#d3ecdf;--lost:#b3261e;--unsure:#e3d9a6;" +
  "--accent:#0b5cad;--write:#b34700;--read:#0b5cad";
export const DARK =
  "--paper:#14181d;--ink:#e6edf3;--soft:#9aa5b1;--grid:#39424d;--task:#1e3f5f;--irq:#5f3818;--nmi:#55304c;" +
  "--bus:#262d36;--high:#24452f;--bad:#ff8a80;--good:#63d2a2;--open:#1c4634;--lost:#ff8a80;--unsure:#5a5320;" +
  "--accent:#79b8ff;--write:#ffa657;--read:#79b8ff";

export const PICTURE_STYLE = `
.p-name,.p-axis,.p-text,.p-note,.p-noreturn,.p-curve-text{font:11px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;fill:var(--ink)}
.p-axis,.p-note{fill:var(--soft)}
.p-name{font-weight:600}
.p-text,.p-curve-text{pointer-events:none}
.p-line,.p-wire{stroke:var(--soft);stroke-width:1.2;fill:none}
.p-span{stroke:var(--paper);stroke-width:.5}
.p-task{fill:var(--task)}.p-irq{fill:var(--irq)}.p-nmi{fill:var(--nmi)}
.p-suspended{fill:none;stroke:var(--grid);stroke-dasharray:3 3}
.p-faded{opacity:.35}
.p-tick{fill:var(--soft)}
.p-write{fill:var(--write)}.p-read{fill:var(--read)}.p-barrier{fill:var(--ink)}
.p-world{fill:var(--good)}
.p-bus{fill:var(--bus);stroke:var(--grid)}
.p-high{fill:var(--high)}.p-low{fill:transparent}
.p-curve-open{fill:var(--open)}.p-curve-lost{fill:var(--lost)}.p-curve-unknown{fill:var(--unsure)}
.p-arc{fill:none;stroke:var(--good);stroke-width:1.6}
.p-paired{fill:var(--good)}.p-waiting{fill:none;stroke:var(--soft);stroke-width:1.5}
.p-unpaired{fill:var(--bad)}
.p-lost{fill:none;stroke:var(--bad);stroke-width:1.4;stroke-dasharray:5 4}
.p-bad,.p-noreturn{fill:var(--bad);font-weight:700}
.p-mark{stroke-width:1.2;stroke-dasharray:4 3}
.p-mark-noreturn,.p-mark-erased{stroke:var(--bad)}
.p-mark-parts{stroke:var(--accent);stroke-width:2;stroke-dasharray:none}
.p-cursor{fill:var(--accent);fill-opacity:.16;stroke:var(--accent);pointer-events:none}
`;

/** The whole picture as an SVG document of its own. `pitch`: pixels per step. */
export function standalone(scene: Scene, shown: Shown, pitch: number): string {
  const width = Math.ceil((scene.trace.steps.length + 1) * pitch) + 4;
  const { body, names, height } = draw(scene, shown, { pitch, offset: 0, width });
  const whole = { width: width + GUTTER, height };
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${whole.width} ${height}`, ...whole },
    element("style", {}, `svg{${LIGHT}}${PICTURE_STYLE}`) +
      element("rect", { ...whole, fill: "#ffffff" }) +
      names +
      element("g", { transform: `translate(${GUTTER} 0)` }, body),
  );
}
