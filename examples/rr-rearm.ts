/** rr's question of a task whose event another process re-arms: `--other DISABLE,RESET,PERIOD=4,ENABLE --switches`. */
import { atMost } from "pmucheck/scenarios";

export const property = atMost("Never are two periods counted between two signals.", {
  most: 1,
  of: (seen) => seen.kind === "crossing",
  between: (seen) => seen.kind === "signal" || (seen.kind === "user" && seen.did === "new-period"),
});
