/** What a command says of the store of results. */

/** `--no-cache` is yargs' word for `--cache false`. */
export const cache = {
  type: "boolean",
  default: true,
  describe: "take results that are known from the store, and keep new ones there",
} as const;
